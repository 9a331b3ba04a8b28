// The window: it opens the campaign, follows the address, and shows the station.
import { amongCards } from "./actions.js";
import { Bar } from "./components/bar.js";
import { HelpDialog, ProofDialog } from "./components/proof.js";
import { Steps } from "./components/steps.js";
import { keepFocusInSight, listenToKeys, listenToPresses } from "./keys.js";
import { addressOf, useRoute } from "./router.js";
import { neededSheets } from "./stations/card-sheets.js";
import { isFresh, lacksSchool } from "./stations/card-names.js";
import { Cards } from "./stations/cards.js";
import { Check } from "./stations/check.js";
import { Dossier } from "./stations/dossier.js";
import { Election } from "./stations/election.js";
import { ListStation } from "./stations/list.js";
import { Make } from "./stations/make.js";
import { Pages } from "./stations/pages.js";
import { Broken, Elsewhere, Ended, Gone, Loading, Locked, Unfinished } from "./stations/trouble.js";
import { Welcome } from "./stations/welcome.js";
import { engine, isStale, note, open, percentMade, put, settle, state, useLoaded, useStore } from "./store.js";
import { html, render, useEffect, useState } from "./vendor/htm-preact.js";
import { clock, say } from "./words.js";

const STATIONS = {
  dossier: Dossier,
  election: Election,
  list: ListStation,
  pages: Pages,
  check: Check,
  make: Make,
  cards: Cards,
};

function App() {
  const route = useRoute();
  const { opened, broken, campaign, lock, watching, unfinished, gone, elsewhere, ended } = useStore();
  const there = amongCards(placeOf(route));
  const moved = campaign?.kind === "cards" && there.station !== route.station && addressOf(there);
  useEffect(() => void (moved && location.replace(moved)), [moved]); // back from cards, the stations of leaflets are theirs
  const [dialog, setDialog] = useState(/** @type {"proof" | "help" | null} */ (null));
  useEffect(() => {
    void settle();
    setDialog(null); // which would be there no longer as a dialog: its element is moved
    if (state.fault && !state.unsaved.length) put({ fault: null }); // of the station that was left
    if (state.opened && state.unfinished) put({ unfinished: null });
    if (route.station !== "welcome" && route.station !== "dossier" && !state.unfinished) note(placeOf(route));
  }, [route]);
  const outside =
    route.station === "welcome" || route.station === "dossier" || !campaign || broken != null || elsewhere || ended;
  const locked = lock != null && !watching;
  const isThere = campaign || route.station === "dossier";
  const Trouble = ended ? Ended : !opened || moved ? Loading : elsewhere ? Elsewhere : broken ? Broken : locked ? Locked : null;
  const Station = route.station === "welcome" || !isThere ? Welcome : STATIONS[route.station];
  const Main = Trouble ?? (unfinished && campaign ? Unfinished : Station);
  return html`<a
      class="skip"
      href="#work"
      onclick=${(/** @type {Event} */ event) => {
        event.preventDefault();
        document.querySelector("main")?.focus();
      }}
      >${say("skip")}</a>
    <${Bar} onProof=${() => setDialog("proof")} onHelp=${() => setDialog("help")} bare=${outside} locked=${locked} />
    ${opened && !outside && !locked && html`<${StepsOf} route=${route} />`}
    <${Main} key=${Main === Welcome ? "" : route.address} route=${route} onProof=${() => setDialog("proof")} />
    ${dialog === "proof" && html`<${ProofDialog} close=${() => setDialog(null)} />`}
    ${dialog === "help" && html`<${HelpDialog} station=${route.station} close=${() => setDialog(null)} />`}
    ${gone && !ended && html`<${Gone} />`}`;
}

/**
 * Returns the place that an address names.
 * @param {import("./router.js").Route} route
 * @returns {import("./contract").At}
 */
function placeOf({ station, part, at }) {
  const line = Number(at.get("line"));
  const place = { station: /** @type {import("./contract").StationId} */ (station), ...(part ? { part } : {}) };
  return { ...place, ...(line ? { line, column: at.get("column") ?? "" } : {}) };
}

/** @param {{route: import("./router.js").Route}} props */
function StepsOf({ route }) {
  const { campaign, making } = useStore();
  if (campaign?.kind === "cards" || route.station === "cards") return html`<${CardSteps} route=${route} />`;
  return html`<${Steps}
    steps=${campaign?.stations.map(({ id, state, word }) => ({
      address: addressOf({ station: id }),
      name: say("station", { id }),
      word,
      state,
      ...(id === "make" && making ? underWay(making) : {}),
      current: id === route.station,
    })) ?? []}
  />`;
}

/**
 * Returns what the step of making says while something is made, or was stopped.
 * @param {NonNullable<import("./store.js").State["making"]>} making
 * @returns {{word?: string, state?: "look" | "todo"}}
 */
function underWay({ outputs, progress, made, fault, at }) {
  const done = made?.stopped?.done ?? progress?.done ?? 0;
  if (fault || made?.stopped) return { word: say("steps-stopped", { done }), state: "look" };
  if (made && isStale(state)) return {}; // as the station says itself
  if (made?.lacking.length) return { word: say("steps-lacking"), state: "look" };
  if (made) return { word: say("steps-made", { time: clock(at) }) };
  return { word: say("steps-under-way", { percent: percentMade(outputs, progress) }), state: "todo" };
}

/** @param {{route: import("./router.js").Route}} props */
function CardSteps({ route }) {
  const store = useStore();
  const { making } = store;
  const { value: people } = useLoaded("people");
  const { value: sheets } = useLoaded("sheets");
  const needed = people && !lacksSchool(people) && neededSheets(people.total, sheets).needed;
  const odd = people?.people.filter((person) => person.faults.length).length ?? 0;
  const named = people ? say("cards-names-word", { names: people.total, odd }) : "";
  const made = making?.made && !making.made.stopped;
  const isOld = useLoaded("plan").value?.outputs.find(({ id }) => id === "cards")?.staleAll ?? true; // all are, not some alone
  const fresh = people?.people.filter(isFresh).length ?? 0;
  const stale = isStale(making?.people.length ? { ...store, making: { ...making, revision: -1 } } : store); // the others may be old
  const printed = stale ? say("cards-print-stale", { few: isOld ? 0 : fresh }) : made ? say("cards-print-done") : say("cards-print-todo");
  const given = people && lacksSchool(people) ? say("cards-school-todo") : named || say("cards-names-todo");
  /** @type {[part: string, name: string, word: string, state: import("./components/steps.js").Step["state"]][]} */
  const steps = [
    ["noms", say("cards-names"), given, people ? (odd || !people.total ? "look" : "done") : "todo"],
    ["carte", say("cards-card"), made ? say("cards-ready") : needed || say("cards-sheet-todo"), made ? "done" : "todo"],
    ["imprimer", say("cards-printing"), printed, stale ? "look" : made ? "done" : "todo"],
  ];
  return html`<${Steps}
    steps=${steps.map(([part, name, word, state]) => ({ address: `#/cartes/${part}`, name, word, state, current: route.part === part }))}
  />`;
}

listenToKeys();
listenToPresses();
keepFocusInSight();
const root = document.querySelector("#app");
if (root) render(html`<${App} />`, root);
void open().then(() => {
  engine.listen(() => state.ended || (state.gone ?? void open()));
});
