// The bar at the top: which campaign, whether it is saved, undo, and that nothing is sent.
import { end, travel } from "../actions.js";
import { Icon } from "../icons.js";
import { engine, isMaking, useStore } from "../store.js";
import { html } from "../vendor/htm-preact.js";
import { clock, words } from "../words.js";

/** @param {{onProof: () => void, onHelp: () => void, bare: boolean, locked: boolean}} props */
export function Bar({ onProof, onHelp, bare, locked }) {
  const t = words().bar;
  const state = useStore();
  const { campaign, undo, redo, slow, unsaved, watching, gone, ended } = state;
  const shown = bare ? null : campaign;
  const busy = isMaking(state);
  return html`<header class="bar">
    <div>
      <a class="brand" href="#/"
        ><${Icon} name="leaflet" /><span class="brand-name">leaflet</span><span class="unseen">${t.home}</span></a
      >
      <div class="where">
        ${shown ? html`<b>${shown.title}</b>` : html`<span class="small mute tagline">${t.tagline}</span>`}
        <span class=${unsaved.length || gone ? "saved bad" : "saved"} role="status">
          ${
            shown &&
            (watching || locked
              ? t.watching
              : busy
                ? t.making
                : slow && !gone
                  ? t.saving
                  : unsaved.length || gone
                    ? html`<${Icon} name="alert" /> ${t.unsaved(clock(shown.savedAt))}`
                    : html`<${Icon} name="check" /> ${t.saved(clock(shown.savedAt))}`)
          }
        </span>
      </div>
      <div class="tools">
        ${
          shown &&
          !locked &&
          html`<${Tool}
              name="undo"
              word=${t.undo}
              label=${undo ? t.undoThis(undo.text) : t.nothingToUndo}
              off=${!undo || busy}
              run=${() => travel("undo")}
            />
            <${Tool}
              name="redo"
              label=${redo ? t.redoThis(redo.text) : t.nothingToRedo}
              off=${!redo || busy}
              run=${() => travel("redo")}
            />`
        }
        <button class="tool seal" type="button" aria-label=${t.proofLabel} onclick=${onProof}>
          <${Icon} name="shield" /><span class="tool-word">${t.proof}</span>
        </button>
        <button class="tool" type="button" aria-label=${t.help} title=${t.help} onclick=${onHelp}>
          <${Icon} name="help" />
        </button>
        ${
          engine.hasFolder &&
          !ended &&
          html`<${Tool}
            name="cross"
            word=${t.end}
            label=${busy ? t.endLater : t.endLabel}
            off=${busy}
            look="tool quit"
            run=${end}
          />`
        }
      </div>
    </div>
  </header>`;
}

/**
 * @param {{name: import("../icons.js").IconName, word?: string, label: string, off: boolean, look?: string,
 *          run: () => void}} props
 */
function Tool({ name, word, label, off, look = "tool undo", run }) {
  return html`<button
    class=${look}
    type="button"
    aria-label=${label}
    title=${label}
    aria-disabled=${off ? "true" : null}
    onclick=${off ? null : run}
  >
    <${Icon} name=${name} />${word && html`<span class="tool-word">${word}</span>`}
  </button>`;
}
