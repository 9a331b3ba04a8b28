// The proof that nothing is sent, and the help: two dialogs that open from the bar.
/** @import { IconName } from "../icons.js" */
import { end } from "../actions.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change, engine, forget, isMaking, put, useLoaded, useStore } from "../store.js";
import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { clock, number, say, sayLines, sayRows, size } from "../words.js";
import { Button, Card, Figures, Note } from "./basics.js";
import { Dialog, Sure } from "./dialog.js";
import { place } from "./file.js";

/** @type {IconName[]} */
const KEPT = ["folder", "table", "sheet"];

/** @param {{close: () => void}} props */
export function ProofDialog({ close }) {
  const { value: proof } = useLoaded("proof");
  const { campaign } = useStore();
  const [erasing, setErasing] = useState(false);
  useEffect(() => forget("proof"), []);
  const isHere = !engine.hasFolder; // in this browser
  const what = useErased();
  const stay = () => setErasing(false);
  const erase = isHere ? say("browser-erase-all") : what && sayLines("kept-words", { what })[2];
  const folder = isHere ? say("browser-kept-here") : say("proof-folder", { folder: place(campaign?.folder ?? "") });
  const figures = proof && [
    [say("proof-sent"), number(proof.sent), proof.sent ? "bad" : "good"],
    ...(isHere ? [] : [[say("proof-received"), number(proof.received), proof.received ? "bad" : "good"]]),
    ...(proof.since ? [[say("proof-since"), clock(proof.since)]] : []),
  ];
  if (erasing && isHere) {
    const asked = { title: say("browser-erase-title"), text: say("browser-erase-text"), yes: say("browser-erase-yes") };
    return html`<${Sure} ...${asked} run=${() => engine.eraseAll()} no=${say("cancel")} close=${stay} />`;
  }
  if (erasing && what) return html`<${Erase} what=${what} close=${stay} />`;
  return html`<${Dialog}
    title=${isHere ? say("browser-title") : say("bar-proof")}
    lead=${isHere ? say("browser-lead") : say("proof-lead")}
    onClose=${close}
    footer=${html`${erase && html`<${Button} look="btn danger aside" icon="bin" run=${() => setErasing(true)}>${erase}<//>`}
      <${Button} look="btn first" data-first run=${close}>${say("proof-understood")}<//>`}
  >
    ${proof && html`<${Figures} figures=${figures} />`}
    <${Note} look="info" icon="offline">
      <h3>${say("proof-test")}</h3>
      <p class="small">${say("proof-test-text")}</p>
    <//>
    ${proof && proof.kept.length > 0 && html`<div>
      <h3>${say("proof-kept")}</h3>
      ${(isHere || campaign) && html`<p class="small mute">${folder}</p>`}
      <ul class="ticks above-less">
        ${proof.kept.map(({ text, path, bytes }, index) => html`<li key=${text}>
          <${Icon} name=${KEPT[index] ?? "sheet"} class="plain-icon" />
          <span>${text}${path && html`<br /><span class="small mute">${path}</span>`}</span>
          <span class="push">${size(bytes)}</span>
        </li>`)}
      </ul>
    </div>`}
  <//>`;
}

/** @returns {"list" | "people" | null} what is erased: names with their cards, or the list; null if there is nothing */
function useErased() {
  const { campaign } = useStore();
  const { value: sheets } = useLoaded("sheets");
  return sheets?.hasNames ? "people" : campaign?.kind === "cards" ? null : "list";
}

/** @param {{names?: boolean}} props what becomes of the names, or of the list unless names alone are shown */
export function KeptHere({ names = false }) {
  const [erasing, setErasing] = useState(false);
  const what = useErased();
  if (!what || (names && what === "list")) return null;
  const [title, text, erase] = sayLines("kept-words", { what });
  return html`<${Card} id="kept" title=${title}>
      <p class="small mute">${text}</p>
      <${Button} look="btn small above-less" icon="bin" run=${() => setErasing(true)}>${erase}<//>
    <//>
    ${erasing && html`<${Erase} what=${what} close=${() => setErasing(false)} />`}`;
}

/** @param {{close: () => void, what: "list" | "people"}} props asks before the list goes, or the names with their cards */
function Erase({ close, what }) {
  const [title, text, yes] = sayLines("erase-words", { what });
  const { value: people } = useLoaded("people");
  const names = people?.total ?? 0;
  const run = async () => {
    const { done } = await change("erase", { what });
    if (done) put({ making: null });
    const left = done ? (await engine.call("sheets")).made.length : 0;
    const stays = done?.stays?.join(", ") ?? "";
    if (done) put({ did: { text: say("erase-done", { what, names, files: done.erased ?? 0, left, stays }) } });
    close();
    if (what === "people") go("#/cartes/noms");
  };
  return html`<${Sure} ...${{ title, text, yes, run, close }} no=${say("keep")} />`;
}

/** @param {{station: string, close: () => void}} props */
export function HelpDialog({ station, close }) {
  const state = useStore();
  const leave = async () => {
    close();
    await end();
  };
  return html`<${Dialog}
    title=${say("help-title")}
    onClose=${close}
    footer=${html`<${Button} look="btn first" data-first run=${close}>${say("close")}<//>`}
  >
    ${sayLines("help-lines", { station }).map((line) => html`<p key=${line}>${line}</p>`)}
    <h3>${say("help-keys")}</h3>
    <dl class="keys">
      ${sayRows("help-list").flatMap(([keys = "", does]) => [
        html`<dt key=${keys}>
          ${keys.split(" / ").map((key, index) => [index ? " " : "", html`<kbd>${key}</kbd>`])}
        </dt>`,
        html`<dd>${does}</dd>`,
      ])}
    </dl>
    ${engine.hasFolder && !state.ended && !isMaking(state) &&
    html`<p class="above"><${Button} run=${leave}>${say("bar-end-label")}<//></p>`}
  <//>`;
}
