// Accueil: three doors, or the way back to where one was.
/** @import { Campaign, Fault, List } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { focusOn } from "../actions.js";
import { Button, Card, Note } from "../components/basics.js";
import { CardDrawing, LeafletDrawing } from "../components/drawings.js";
import { Thumbnail } from "../components/choice.js";
import { fileChosen, LISTS, useDroppedFile } from "../components/drop.js";
import { FaultNote } from "../components/fault.js";
import { place } from "../components/file.js";
import { afterGiven } from "../components/list.js";
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { addressOf, go } from "../router.js";
import { change, engine, openBeside, put, step, upload, useLoaded, useStore } from "../store.js";
import { faultOf } from "../refusal.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { clock, day, isToday, say, sayLines } from "../words.js";
import { received } from "./dossier.js";

/** @param {{onProof: () => void}} props */
export function Welcome({ onProof }) {
  const { campaign, elections } = useStore();
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  useEffect(() => void (fault && focusOn(document.querySelector("main [role=alert]"))), [fault]);
  const start = async (/** @type {Campaign["kind"]} */ kind) => {
    const outcome = await change("start", { election: elections[0]?.id ?? "", kind }, { quiet: true });
    setFault(outcome.fault);
    return outcome.done != null;
  };
  const take = async (/** @type {File} */ file) => {
    if (!LISTS.split(",").some((end) => end !== ".pdf" && file.name.toLowerCase().endsWith(end))) {
      try {
        const answer = await engine.upload("dossier", file);
        received.current = { ...answer, file: file.name };
        go("#/dossier");
      } catch (error) {
        setFault(faultOf(error));
      }
    } else if (campaign || (await start("leaflets"))) {
      const hasCards = campaign?.kind === "cards";
      const outcome = await upload(hasCards ? "staff" : "list", file);
      if (outcome.done) go(hasCards ? FIRST.cards : afterGiven(/** @type {List} */ (outcome.done.list)));
      else if (!campaign) await step("undo"); // a file that is no list begins nothing
      setFault(outcome.fault);
    }
  };
  useDroppedFile(take);
  const beside = useLoaded("beside").value;
  const others = beside?.campaigns ?? [];
  const leave = async (/** @type {Beside} */ which, address = "#/") => {
    const why = await openBeside(which);
    setFault(why);
    if (!why) go(address);
  };
  const isNew = others.length > 0 && say("welcome-is-new", { folder: beside?.here ?? "" });
  return html`<${View}
    title=${campaign ? say("welcome-again") : say("welcome-title")}
    tab=${say("welcome-tab")}
    lead=${campaign ? say("welcome-again-lead") : [say("welcome-lead"), isNew].filter(Boolean).join(" ")}
    bottom=${false}
  >
    ${fault && html`<${FaultNote} fault=${fault} class="below" onClose=${() => setFault(null)} />`}
    ${campaign && html`<${Resume} campaign=${campaign} />
      <h2>${say("welcome-with-this")}</h2>
      <div class="above-less"></div>`}
    <${Doors} ...${{ campaign, others, start, leave, take }} />
    ${others.length > 0 && html`<${Others} others=${others} leave=${leave} />`}
    <${Note} look="good above" icon="shield" title=${say("welcome-here")}>
      <p>
        ${say("welcome-here-text")}${" "}
        <${Button} look="link" run=${onProof}>${say("welcome-see-yourself")}<//>${say("welcome-cut")}
      </p>
    <//>
  <//>`;
}

/** @typedef {Parameters<typeof openBeside>[0]} Beside */

/** @param {{others: import("../contract").BesideCampaign[], leave: (which: Beside) => void}} props campaigns near this one */
const Others = ({ others, leave }) =>
  html`<${Card} id="others" look="card above" title=${say("welcome-others")}>
    <ul class="files">
      ${others.map(({ path, name, title, kind }) => html`<li key=${path}>
        <${Icon} name="folder" />
        <div>
          <b>${title}</b>
          <div class="small mute">${say("welcome-of-kind", { cards: kind === "cards", folder: name })}</div>
        </div>
        <${Button} look="btn small" run=${() => leave({ path })}>
          ${say("welcome-open")}<span class="unseen"> ${name}</span>
        <//>
      </li>`)}
    </ul>
  <//>`;

/**
 * @param {{campaign: Campaign | null, others: import("../contract").BesideCampaign[], take: (file: File) => void,
 *          start: (kind: Campaign["kind"]) => Promise<boolean>, leave: (which: Beside, address?: string) => void}} props
 *   what can be begun: with the campaign that is open, or at first
 */
function Doors({ campaign, others, start, leave, take }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const begin = async (/** @type {Campaign["kind"]} */ kind) => (await start(kind)) && go(FIRST[kind]);
  const leaflets = html`<${LeafletDrawing} />`;
  const cards = html`<${CardDrawing} />`;
  const begun = others.some((one) => one.twin && one.kind !== campaign?.kind);
  const [toLeaflets, toCards] = begun
    ? [sayLines("welcome-leaflets-begun"), sayLines("welcome-cards-begun")]
    : [sayLines("welcome-leaflets-too"), sayLines("welcome-cards-too")];
  /** @type {[string[], Child, () => void][]} */
  const doors = !campaign
    ? [
        [sayLines("welcome-leaflets"), leaflets, () => begin("leaflets")],
        [sayLines("welcome-cards"), cards, () => begin("cards")],
      ]
    : [
        campaign.kind === "cards"
          ? [toLeaflets, leaflets, () => leave({ kind: "leaflets" }, begun ? "#/liste" : "#/liste/fichier")]
          : [toCards, cards, () => leave({ kind: "cards" }, FIRST.cards)],
        [sayLines("welcome-another"), html`<${Icon} name="folder" />`, () => leave({})],
      ];
  const sent = campaign ? sayLines("welcome-dossier-too") : sayLines("welcome-dossier");
  doors.push([sent, html`<${Icon} name="tray" />`, () => input.current?.click()]);
  return html`<div class="doors">
    ${doors.map(([words, drawing, open]) => html`<${Door} key=${words[0]} ...${{ words, drawing, open }} />`)}
    <input
      ref=${input}
      hidden
      type="file"
      aria-label=${sent[2]}
      accept=${`.leaflet,${LISTS}`}
      onchange=${fileChosen(take)}
    />
  </div>`;
}

/** Where one begins. */
const FIRST = { leaflets: "#/election", cards: "#/cartes/noms" };

/** @param {{words: string[], drawing: Child, open: () => void}} props words: its name, what it is for, and the button */
function Door({ words: [name, text = "", action], drawing, open }) {
  return html`<${Button} look="door" run=${open}>
    <span class="pic">${drawing}</span>
    <span class="name">${name}</span>
    <span class="text">${text.split(/(\.leaflet)/).map((part, at) => (at % 2 ? html`<b>${part}</b>` : part))}</span>
    <span class="go">${action} <${Icon} name="right" /></span>
  <//>`;
}

/** @param {{campaign: Campaign}} props */
function Resume({ campaign }) {
  const { title, folder, savedAt, stations, kind } = campaign;
  const changed = isToday(savedAt) ? "" : day(savedAt);
  const next = stations.find(({ state }) => state !== "done") ?? stations.at(-1);
  const [part, cards] = stations.at(-1)?.state === "done" ? ["imprimer", say("cards-printing")] : ["noms", say("cards-names")];
  const address = kind === "cards" ? `#/cartes/${part}` : next ? addressOf(next.todo[0]?.at ?? { station: next.id }) : "#/election";
  const name = kind === "cards" ? cards : next ? say("station", { id: next.id }) : "";
  return html`<section class="card resume" aria-labelledby="resume">
    <div class="row between">
      <div class="row whole">
        <${Thumbnail} picture=${{}} />
        <div>
          <h2 id="resume">${title}</h2>
          <p class="mute">${next && kind !== "cards" && say("welcome-standing", { name, word: next.word })}</p>
          ${sayLines("welcome-changed", { day: changed, time: clock(savedAt), folder: place(folder) })
            .map((line) => html`<p class="mute small" key=${line}>${line}</p>`)}
        </div>
      </div>
      <a class="btn first" href=${address} onclick=${() => put({ did: null })}>
        ${say("welcome-resume", { name })}<${Icon} name="right" />
      </a>
    </div>
  </section>`;
}
