// The proof that nothing is sent, and the help: two dialogs that open from the bar.
/** @import { IconName } from "../icons.js" */
import { end } from "../actions.js";
import { Icon } from "../icons.js";
import { engine, forget, isMaking, useLoaded, useStore } from "../store.js";
import { Erase, place } from "../stations/make.js";
import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { clock, number, size, words } from "../words.js";
import { Dialog } from "./dialog.js";

/** @type {IconName[]} */
const KEPT = ["folder", "table", "sheet"];

/** @param {{close: () => void}} props */
export function ProofDialog({ close }) {
  const t = words().proof;
  const { value } = useLoaded("proof");
  const { campaign } = useStore();
  const proof = value;
  const [erasing, setErasing] = useState(false);
  useEffect(() => forget("proof"), []);
  const here = engine.hasFolder ? null : words().browser;
  const what = campaign?.kind === "cards" ? "people" : "list";
  const stay = () => setErasing(false);
  if (erasing) return here ? html`<${EraseAll} close=${stay} />` : html`<${Erase} what=${what} close=${stay} />`;
  return html`<${Dialog}
    title=${here?.title ?? t.title}
    lead=${here?.lead ?? t.lead}
    onClose=${close}
    footer=${html`<button class="btn danger aside" type="button" onclick=${() => setErasing(true)}>
        <${Icon} name="bin" />${here?.eraseAll ?? (what === "people" ? words().cards.eraseNames : t.erase)}
      </button>
      <button class="btn first" type="button" data-first onclick=${close}>${t.understood}</button>`}
  >
    ${
      proof &&
      html`<dl class="summary">
        <div class=${proof.sent ? "bad" : "good"}>
          <dt>${t.sent}</dt>
          <dd>${number(proof.sent)}</dd>
        </div>
        ${
          !here &&
          html`<div class=${proof.received ? "bad" : "good"}>
            <dt>${t.received}</dt>
            <dd>${number(proof.received)}</dd>
          </div>`
        }
        ${
          proof.since &&
          html`<div>
            <dt>${t.since}</dt>
            <dd>${clock(proof.since)}</dd>
          </div>`
        }
      </dl>`
    }
    <div class="note info">
      <${Icon} name="offline" />
      <div>
        <h3>${t.test}</h3>
        <p class="small">${t.testText}</p>
      </div>
    </div>
    ${
      proof &&
      proof.kept.length > 0 &&
      html`<div>
        <h3>${t.kept}</h3>
        ${
          (here || campaign) &&
          html`<p class="small mute">${here?.keptHere ?? t.folder(place(campaign?.folder ?? ""))}</p>`
        }
        <ul class="ticks above-less">
          ${proof.kept.map(
            ({ text, path, bytes }, index) =>
              html`<li key=${text}>
                <${Icon} name=${KEPT[index] ?? "sheet"} class="plain-icon" />
                <span>${text}${path && html`<br /><span class="small mute">${path}</span>`}</span>
                <span class="push">${size(bytes)}</span>
              </li>`,
          )}
        </ul>
      </div>`
    }
  <//>`;
}

/**
 * Asks before everything goes that this browser keeps.
 * @param {{close: () => void}} props
 */
function EraseAll({ close }) {
  const t = words().browser;
  return html`<${Dialog}
    title=${t.eraseTitle}
    onClose=${close}
    footer=${html`<button class="btn danger aside" type="button" onclick=${() => engine.eraseAll()}>
        <${Icon} name="bin" />${t.eraseYes}
      </button>
      <button class="btn first" type="button" data-first onclick=${close}>${words().cancel}</button>`}
  >
    <p>${t.eraseText}</p>
  <//>`;
}

/** @param {{station: string, close: () => void}} props */
export function HelpDialog({ station, close }) {
  const t = words().help;
  const text = t.stations[/** @type {keyof typeof t.stations} */ (station)] ?? t.stations.welcome;
  const state = useStore();
  const leave = async () => {
    close();
    await end();
  };
  return html`<${Dialog}
    title=${t.title}
    onClose=${close}
    footer=${html`<button class="btn first" type="button" data-first onclick=${close}>${words().close}</button>`}
  >
    ${text.map((line) => html`<p key=${line}>${line}</p>`)}
    <h3>${t.keys}</h3>
    <dl class="keys">
      ${t.list.flatMap(([keys, does]) => [
        html`<dt key=${keys}>
          ${keys.split(" / ").map((key, index) => [index ? " " : "", html`<kbd>${key}</kbd>`])}
        </dt>`,
        html`<dd>${does}</dd>`,
      ])}
    </dl>
    ${
      engine.hasFolder &&
      !state.ended &&
      !isMaking(state) &&
      html`<p class="above"><button class="btn" type="button" onclick=${leave}>${words().bar.endLabel}</button></p>`
    }
  <//>`;
}
