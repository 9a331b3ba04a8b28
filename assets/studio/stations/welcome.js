// Accueil: three doors, or the way back to where one was.
/** @import { Campaign, Fault } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { focusOn } from "../actions.js";
import { CardDrawing, LeafletDrawing } from "../components/drawings.js";
import { Thumbnail } from "../components/choice.js";
import { LISTS, useDroppedFile } from "../components/drop.js";
import { FaultNote } from "../components/fault.js";
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { addressOf, go } from "../router.js";
import { change, engine, openBeside, put, upload, useLoaded, useStore } from "../store.js";
import { Refusal } from "../refusal.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { clock, day, isToday, say, sayLines } from "../words.js";
import { received } from "./dossier.js";
import { place } from "./make.js";

/** @param {{onProof: () => void}} props */
export function Welcome({ onProof }) {
  const { campaign, elections } = useStore();
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  useEffect(() => void (fault && focusOn(document.querySelector("main [role=alert]"))), [fault]);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const start = async (/** @type {Campaign["kind"]} */ kind) => {
    const outcome = await change("start", { election: elections[0]?.id ?? "", kind }, { quiet: true });
    setFault(outcome.fault);
    return outcome.done != null;
  };
  const take = async (/** @type {File} */ file) => {
    if (/\.leaflet$/i.test(file.name)) {
      try {
        const answer = await engine.upload("dossier", file);
        received.current = { ...answer, file: file.name };
        go("#/dossier");
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        setFault(error.fault);
      }
    } else if (campaign || (await start("leaflets"))) {
      const outcome = await upload("list", file);
      if (outcome.done) go("#/liste/colonnes");
      else if (outcome.fault) setFault(outcome.fault);
    }
  };
  useDroppedFile(take);
  const beside = useLoaded("beside").value;
  const others = beside?.campaigns ?? [];
  const leave = async (/** @type {Parameters<typeof openBeside>[0]} */ which, address = "#/") => {
    const why = await openBeside(which);
    setFault(why);
    if (!why) go(address);
  };
  const leaflets = html`<${LeafletDrawing} />`;
  const cards = html`<${CardDrawing} />`;
  const first = campaign
    ? html`${
          campaign.kind === "cards"
            ? html`<${Door}
                words=${sayLines("welcome-leaflets-too")}
                drawing=${leaflets}
                open=${() => leave({ kind: "leaflets" }, "#/liste/fichier")}
              />`
            : html`<${Door} words=${sayLines("welcome-cards-too")} drawing=${cards} open=${() => leave({ kind: "cards" }, "#/cartes/noms")} />`
        }
        <${Door} words=${sayLines("welcome-another")} drawing=${html`<${Icon} name="folder" />`} open=${() => leave({})} />`
    : html`<${Door}
          words=${sayLines("welcome-leaflets")}
          drawing=${leaflets}
          open=${async () => (await start("leaflets")) && go("#/election")}
        />
        <${Door} words=${sayLines("welcome-cards")} drawing=${cards} open=${async () => (await start("cards")) && go("#/cartes/noms")} />`;
  const doors = html`<div class="doors">
    ${first}
    <${Door}
      words=${campaign ? sayLines("welcome-dossier-too") : sayLines("welcome-dossier")}
      drawing=${html`<${Icon} name="tray" />`}
      open=${() => input.current?.click()}
    />
    <input
      ref=${input}
      hidden
      type="file"
      aria-label=${sayLines("welcome-dossier")[2]}
      accept=${`.leaflet,${LISTS}`}
      onchange=${(/** @type {any} */ { currentTarget }) => {
        const file = currentTarget.files?.[0];
        currentTarget.value = "";
        if (file) void take(file);
      }}
    />
  </div>`;
  return html`<${View}
    title=${campaign ? say("welcome-again") : say("welcome-title")}
    tab=${say("welcome-tab")}
    lead=${campaign ? say("welcome-again-lead") : others.length ? `${say("welcome-lead")} ${say("welcome-is-new", { folder: beside?.here ?? "" })}` : say("welcome-lead")}
    bottom=${false}
  >
    ${fault && html`<${FaultNote} fault=${fault} onClose=${() => setFault(null)} />
      <div class="above"></div>`}
    ${campaign && html`<${Resume} campaign=${campaign} />`}
    ${campaign && html`<h2>${say("welcome-with-this")}</h2>
      <div class="above-less"></div>`}
    ${doors}
    ${others.length > 0 && html`<section class="card above" aria-labelledby="others">
      <h2 id="others">${say("welcome-others")}</h2>
      <ul class="files">
        ${others.map(({ path, name, title, kind }) => html`<li key=${path}>
          <${Icon} name="folder" />
          <div><b>${title}</b><div class="small mute">${say("welcome-of-kind", { cards: kind === "cards", folder: name })}</div></div>
          <button class="btn small" type="button" onclick=${() => leave({ path })}>
            ${say("welcome-open")}<span class="unseen"> ${name}</span>
          </button>
        </li>`)}
      </ul>
    </section>`}
    <div class="note good above">
      <${Icon} name="shield" />
      <div>
        <h2 class="h3">${say("welcome-here")}</h2>
        <p>
          ${say("welcome-here-text")}${" "}
          <button class="link" type="button" onclick=${onProof}>${say("welcome-see-yourself")}</button>${say("welcome-cut")}
        </p>
      </div>
    </div>
  <//>`;
}

/** @param {{words: string[], drawing: Child, open: () => void}} props words: its name, what it is for, and the button */
function Door({ words: [name, text = "", action], drawing, open }) {
  return html`<button class="door" type="button" onclick=${open}>
    <span class="pic">${drawing}</span>
    <span class="name">${name}</span>
    <span class="text">${text.split(/(\.leaflet)/).map((part, at) => (at % 2 ? html`<b>${part}</b>` : part))}</span>
    <span class="go">${action} <${Icon} name="right" /></span>
  </button>`;
}

/** @param {{campaign: Campaign}} props */
function Resume({ campaign }) {
  const { title, folder, savedAt, stations, kind } = campaign;
  const next = stations.find(({ state }) => state !== "done") ?? stations.at(-1);
  const first = next?.todo[0]?.at;
  const address = kind === "cards" ? "#/cartes/noms" : next ? addressOf(first ?? { station: next.id }) : "#/election";
  const name = kind === "cards" ? say("cards-names") : next ? say("station", { id: next.id }) : "";
  return html`<section class="card resume" aria-labelledby="resume">
    <div class="row between">
      <div class="row whole">
        <${Thumbnail} picture=${{}} />
        <div>
          <h2 id="resume">${title}</h2>
          <p class="mute">${next && kind !== "cards" && say("welcome-standing", { name: say("station", { id: next.id }), word: next.word })}</p>
          ${sayLines("welcome-changed", { day: isToday(savedAt) ? "" : day(savedAt), time: clock(savedAt), folder: place(folder) })
            .map((line) => html`<p class="mute small" key=${line}>${line}</p>`)}
        </div>
      </div>
      <a class="btn first" href=${address} onclick=${() => put({ did: null })}>
        ${say("welcome-resume", { name })}<${Icon} name="right" />
      </a>
    </div>
  </section>`;
}
