// The bar at the top: which campaign, whether it is saved, undo, and that nothing is sent.
import { end, travel } from "../actions.js";
import { Icon } from "../icons.js";
import { engine, isMaking, useStore } from "../store.js";
import { html } from "../vendor/htm-preact.js";
import { clock, say } from "../words.js";
import { Button } from "./basics.js";

/** @param {{onProof: () => void, onHelp: () => void, bare: boolean, locked: boolean}} props */
export function Bar({ onProof, onHelp, bare, locked }) {
  const state = useStore();
  const { campaign, undo, redo, slow, unsaved, watching, gone, ended } = state;
  const shown = bare ? null : campaign;
  const busy = isMaking(state);
  return html`<header class="bar">
    <div>
      <a class="brand" href="#/"
        ><${Icon} name="leaflet" /><span class="brand-name">leaflet</span><span class="unseen">${say("bar-home")}</span></a>
      <div class="where">
        ${shown ? html`<b>${shown.title}</b>` : html`<span class="small mute tagline">${say("bar-tagline")}</span>`}
        <span class=${unsaved.length || gone ? "saved bad" : "saved"} role="status">
          ${shown &&
          (watching || locked
            ? say("bar-watching")
            : busy
              ? say("bar-making")
              : slow && !gone
                ? say("bar-saving")
                : unsaved.length || gone
                  ? html`<${Icon} name="alert" /> ${say("bar-unsaved", { time: clock(shown.savedAt) })}`
                  : html`<${Icon} name="check" /> ${say("bar-saved", { time: clock(shown.savedAt) })}`)}
        </span>
      </div>
      <div class="tools">
        ${shown && !locked && html`<${Tool}
            name="undo"
            word=${say("bar-undo")}
            label=${undo ? say("bar-undo-this", { what: undo.text }) : say("bar-nothing-to-undo")}
            off=${!undo || busy}
            run=${() => travel("undo")}
          />
          <${Tool}
            name="redo"
            label=${redo ? say("bar-redo-this", { what: redo.text }) : say("bar-nothing-to-redo")}
            off=${!redo || busy}
            run=${() => travel("redo")}
          />`}
        <${Button} look="tool seal" aria-label=${say("bar-proof-label")} run=${onProof} icon="shield">
          <span class="tool-word">${say("bar-proof")}</span>
        <//>
        <${Button} look="tool" label=${say("bar-help")} run=${onHelp} icon="help" />
        ${engine.hasFolder && !ended && html`<${Tool}
          name="cross"
          word=${say("bar-end")}
          label=${busy ? say("bar-end-later") : say("bar-end-label")}
          off=${busy}
          look="tool quit"
          run=${end}
        />`}
      </div>
    </div>
  </header>`;
}

/**
 * @param {{name: import("../icons.js").IconName, word?: string, label: string, off: boolean, look?: string,
 *          run: () => void}} props
 */
function Tool({ name, word, label, off, look = "tool undo", run }) {
  return html`<${Button} ...${{ look, label, icon: name }} aria-disabled=${off ? "true" : null} run=${off ? null : run}>
    ${word && html`<span class="tool-word">${word}</span>`}
  <//>`;
}
