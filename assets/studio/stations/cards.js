// The short way: the names, the card, and what to do with the sheets.
/** @import { Answer, Fault, Made, Measured, People, Sheets } from "../contract" */
import { fieldElement, focusOn } from "../actions.js";
import { Url } from "../components/address.js";
import { Button, Card, Folded, Note } from "../components/basics.js";
import { FaultNote, Ways } from "../components/fault.js";
import { FileLink } from "../components/file.js";
import { MadeFiles } from "../components/made.js";
import { How, printTestSheet, usePrintKey } from "../components/print.js";
import { KeptHere } from "../components/proof.js";
import { QuestionCard, Questions } from "../components/question.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { isStale, make, put, settle, state, useLoaded, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { clock, day, nameOf, say, sayLines, sayRows, size } from "../words.js";
import { lacksSchool, Names, useOnly } from "./card-names.js";
import { CardBeside, namelessOf, neededSheets, nameOf as nameOfSheet, Offset, SheetCard, Stock } from "./card-sheets.js";
import { Period } from "./election.js";
import { isOpen, sayAttested, Try } from "./list-addresses.js";
import { accepted, Make } from "./make.js";
import { tooLate } from "./making.js";

/** @param {{route: import("../router.js").Route}} props */
export function Cards({ route }) {
  if (route.part !== "carte" && route.part !== "imprimer") return html`<${Names} isAdding=${route.at.get("field") === "add"} />`;
  const card = html`<${CardPart} route=${route} />`;
  return route.part === "carte" ? card : html`<${Make} choice=${card} done=${Printed} />`;
}

/** Returns which cards are made: whose, how many, and on which sheets. */
function useCards() {
  const { value: people } = useLoaded("people");
  const { value } = useLoaded("sheets");
  const only = useOnly(people);
  const sheets = value && { ...value, start: only.length && value.isBegun ? value.free : value.start };
  const { items = [], sheet = "", start = 1 } = /** @type {Sheets} */ (sheets ?? {});
  const chosen = items.find((item) => item.id === sheet) ?? items[0];
  const total = only.length || (people?.total ?? 0);
  const label = chosen?.sides === 1;
  const { campaign } = useStore();
  const isListed = campaign?.kind === "cards" && campaign.stations.some(({ id, state }) => id === "list" && state !== "todo");
  const lacks = people ? lacksSchool(people) : !value?.school && !isListed;
  return { people, lacks, sheets, only, start, chosen, total, label, ...neededSheets(total, sheets) };
}

/** @typedef {ReturnType<typeof useCards>} Chosen */

const FEW = 12; // files of cards that are shown
const DAYS = ["vote.opens_on", "vote.closes_on"];

/**
 * Returns the answers that cards need: days are one line, once they are right.
 * @param {boolean} changing the days have their fields all the same
 * @param {string | null} field the one that a link leads to, which is there in any case
 * @param {boolean} isPrinted the cards say who answers for them
 */
function useAsked(changing, field, isPrinted) {
  const { value } = useLoaded("answers");
  const all = value?.groups.flatMap((group) => group.items) ?? [];
  const days = all.filter(({ key }) => DAYS.includes(key));
  const isSettled = !changing && !DAYS.includes(field ?? "") && days.every(({ value, faults, refused }) => value && !faults.length && !refused);
  const asked = all
    .filter(({ key, required, refused }) => required || refused || key === field)
    .filter((answer) => answer.kind !== "picture" && !(isSettled && days.includes(answer)))
    .map((answer) => (answer.key === "publisher.name" ? { ...answer, hint: say("cards-name-hint", { printed: isPrinted }) } : answer));
  const blank = asked.filter(({ required, isLegal, origin, trial }) => required && !isLegal && (origin === "blank" || trial));
  return { days, isSettled, asked, blank, known: value != null, any: all.length > 0 };
}

/** @param {{route: import("../router.js").Route}} props */
function CardPart({ route }) {
  const cards = useCards();
  const { people, lacks, sheets, only, chosen, total } = cards;
  const [measured, setMeasured] = useState(/** @type {Measured | null} */ (null));
  const [changing, setChanging] = useState(false);
  useEffect(() => {
    if (changing) focusOn(fieldElement("vote.opens_on"));
  }, [changing]);
  const answers = useAsked(changing, route.at.get("field"), sheets?.printsPublisher ?? true);
  const { blank } = answers;
  const latest = useRef(blank);
  latest.current = blank;
  const run = async () => {
    await settle();
    await new Promise((resolve) => setTimeout(resolve)); // for what was just typed to be known here
    const [first] = latest.current;
    if (first) return focusOn(fieldElement(first.key));
    go("#/cartes/imprimer");
    await make(["cards"], false, 0, only);
  };
  const there = sheets?.made ?? [];
  const ready = sheets != null && answers.known;
  return html`<${View}
    title=${say("cards-card")}
    lead=${say("cards-sheet-lead")}
    above
    grid="duo slim"
    ready=${ready}
    field=${route.at.get("field")}
    answers
    back=${{ address: "#/cartes/noms", text: say("cards-names") }}
    left=${!ready ? "" : lacks ? say("cards-left-school") : blank.length ? say("cards-left-blank", { answers: blank.length }) : leftOf(cards)}
    next=${lacks
      ? { text: say("cards-names"), address: "#/cartes/noms", first: true }
      : { text: blank.length ? say("bottom-to-refused") : makeOf(cards), first: !blank.length, run }}
    see=${say("cards-see")}
    page=${html`<${Beside} cards=${cards} measured=${measured} />`}
  >
    <div class="stack far" hidden=${!ready}>
      ${only.length > 0 && html`<p class="row between">
        <span>${onlyThese(people, only)}</span>
        <${Button} look="btn small quiet" run=${() => put({ only: [] })}>
          ${say("cards-rather-all", { total: people?.total ?? 0 })}
        <//>
      </p>`}
      ${there.length > 0 && !only.length && html`<${Note} look="info" icon="card" title=${say("cards-there")}>
        <p class="small">${say("cards-there-text")}</p>
        <div class="ways">${there.slice(0, FEW).map((path) => html`<${FileLink} look="btn small" path=${path} view>${nameOf(path)}<//>`)}</div>
      <//>`}
      ${sheets && chosen && html`<${SheetCard} ...${{ sheets, total, measured, setMeasured }} />`}
      ${answers.any && html`<${CardAnswers} ...${answers} mailbox=${sheets?.printsMailbox} changing=${changing} change=${() => setChanging(true)} />`}
    </div>
  <//>`;
}

/** @param {Chosen} cards */
function leftOf({ total, needed: sheet, start, label, chosen }) {
  return total
    ? say("cards-left-sheets", { count: total, sheets: sheet, name: nameOfSheet(chosen), start, label })
    : say("cards-left-nameless", { sheet, name: nameOfSheet(chosen), count: namelessOf(chosen, start), label });
}

/** @param {Chosen} cards */
function makeOf({ only, total, label, chosen }) {
  if (only.length) return say("cards-make-only", { count: only.length, label });
  return total ? say("cards-make", { count: total, label }) : say("cards-make-nameless", { plain: chosen?.plain ?? false });
}

/** @param {{cards: Chosen, measured: Measured | null}} props the sheet, or the one that is being measured, and the card */
function Beside({ cards: { people, sheets, only, chosen, start, total, pieces }, measured }) {
  const named = people?.people.filter(({ place }) => place) ?? [];
  const nth = people?.school ? Math.max(0, named.findIndex(({ place }) => place === only[0])) : 0;
  const tried = measured?.sheet && measured.state !== "bad" ? measured.sheet : null;
  return html`<${Aside} label=${chosen?.plain ? say("cards-first-paper") : say("cards-first-sheet")}>
    ${tried
      ? html`<${Stock} sheet=${tried} start=${1} total=${0} pieces=${1} isTried />`
      : chosen && html`<${Stock} sheet=${chosen} start=${start} total=${total || namelessOf(chosen)} pieces=${pieces} free=${sheets?.free ?? 1} />`}
    <div class="above-less"><${CardBeside} nth=${nth + 1} /></div>
  <//>`;
}

/**
 * @param {{asked: Answer[], days: Answer[], isSettled: boolean, changing: boolean, change: () => void, mailbox: boolean}} props
 *   mailbox: the cards say where it is
 */
function CardAnswers({ asked, days, isSettled, changing, change: changeDays, mailbox }) {
  const vote = say("cards-vote");
  const rules = useLoginRules(mailbox);
  return html`<${QuestionCard} id="vote" title=${say("station", { id: "election" })} note=${say("cards-few-answers")}>
    <${Questions} items=${asked} open=${changing} />
    ${isSettled && html`<${Period} items=${days} title=${vote} label=${vote} days onChange=${changeDays} />`}
    ${mailbox && html`<${Mailbox} />`}
    ${rules.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
  <//>`;
}

/** @param {People | null | undefined} people @param {string[]} only the places of those whose cards are made alone */
function onlyThese(people, only) {
  const names = only.map((place) => people?.people.find((one) => one.place === place)?.name ?? "").join(", ");
  return say("cards-only-these", { few: only.length <= 4, names, count: only.length });
}

/** Asks whether the address of the mailbox works, before its code is on any card. */
function Mailbox() {
  const { value } = useLoaded("addresses");
  const [item] = value?.items ?? [];
  const one = item?.candidates.find(({ kind, isLink }) => isLink && kind === "webmail") ?? item?.candidates.find(isOpen);
  if (!item || !one) return null;
  const { confirmed, declined, attested, url, use } = one;
  const [instead] = item.printed.match(/https?:[^,]+/) ?? [];
  const tag = confirmed
    ? html`<span class="tag good push"><${Icon} name="check" />${say("addresses-confirmed")}</span>`
    : html`<span class=${`tag push ${declined ? "line" : "warn"}`}>${declined ? say("addresses-declined") : sayAttested(attested)}</span>`;
  const title = html`<span class="what">${say("cards-mailbox")}${" "}<span class="mute small"
      ><${Url} url=${url} />${!confirmed && !declined && say("cards-not-tried")}${
        !confirmed && use !== "printed" && instead && [say("cards-gives"), html` <${Url} url=${instead} />`]
      }</span></span>${tag}`;
  return html`<${Folded} title=${title}>
    <${Try} candidate=${one} first=${false} id="mailbox" />
    ${!confirmed && html`<p class="small mute above-less">${say("cards-untried")}</p>`}
  <//>`;
}

/** @param {boolean} mailbox the cards say how user names are made @returns what is asked of them, which nobody can try */
const useLoginRules = (mailbox) => {
  const { value } = useLoaded("addresses");
  return mailbox ? (value?.items.flatMap(({ login }) => login ?? []) ?? []) : [];
};

/**
 * Tells whether a fault is asked elsewhere: of an address that nobody has tried « La carte » has asked, and no card has
 * it; rules of user names, which have no place, are asked for by themselves.
 * @param {Fault} fault
 */
const isAsked = ({ code, at }) => code === "C164" || (["C220", "C221"].includes(code) && !at);

/** @param {{made: Made, at: string}} props at: when */
function Printed({ made, at }) {
  const store = useStore();
  const { value: people } = useLoaded("people");
  const { value: sheets } = useLoaded("sheets");
  const some = store.making?.people.length ?? 0;
  const only = useOnly(people);
  const output = useLoaded("plan").value?.outputs.find(({ id }) => id === "cards"); // as it would come out now
  const stale = isStale(store);
  const isFew = stale && only.length > 0 && output?.staleAll === false; // the others are as they were
  const others = say("cards-others", { old: output?.staleAll ?? false });
  const rules = useLoginRules(sheets?.printsMailbox ?? false);
  const faults = [...rules, ...(stale ? [] : made.faults.filter((fault) => !isAsked(fault)))]; // in what is old, they may be mended
  const everybody = people === null ? 0 : (people?.total ?? 1);
  const total = stale ? everybody : some || everybody;
  const { items = [], sheet = "", start } = /** @type {Sheets} */ (sheets ?? {});
  const chosen = items.find(({ id }) => id === sheet);
  const pieces = made.files[0]?.sheets || (people === null ? made.count : neededSheets(total, sheets).pieces);
  const [isLabel, plain, each] = [chosen?.sides === 1, chosen?.plain ?? false, namelessOf(chosen, start)]; // each: without names
  usePrintKey(true);
  useEffect(() => () => void (state.undo && put({ did: null })), []); // not that the names are erased
  const read = say("cards-done-lead", { sheets: say("cards-pieces", { count: pieces, plain }), name: nameOfSheet(chosen), count: pieces });
  const lead = people === null ? `${read} ${say("cards-copies", { sheets: pieces, count: each, five: 5 * each, label: isLabel })}` : read;
  const whole = stale ? say("cards-stale-title", { count: total }) : say("cards-done-title", { count: total, label: isLabel });
  const title = isFew ? say("cards-only-changed", { count: only.length }) : whole;
  return html`<${View}
    title=${people === null ? say("cards-nameless-title", { count: pieces, plain, stale }) : title}
    lead=${stale ? (isFew ? others : say("cards-stale-lead")) : [lead, some && others, tooLate(store.making)].filter(Boolean).join(" ")}
    above
    see=${false}
    back=${{ address: "#/cartes/carte", text: say("cards-card") }}
    left=${stale ? (isFew ? others : say("cards-left-stale")) : say("cards-left-done")}
    next=${isFew
      ? { text: say("cards-make-only", { count: only.length, label: isLabel }), first: true, address: "#/cartes/carte" }
      : stale
        ? { text: say("cards-make-again", { count: total }), first: !only.length, run: () => void make(["cards"], false) }
        : { text: say("cards-add"), address: "#/cartes/noms?field=add" }}
    page=${html`<${HandOut} />`}
  >
    <div class="stack far">
      ${stale && !isFew && only.length > 0 && html`<${Card} id="only" title=${say("cards-only-changed", { count: only.length })}>
        <p class="small mute">${others}</p>
        <a class="btn first above-less" href="#/cartes/carte"
          >${say("cards-make-only", { count: only.length, label: false })}<${Icon} name="right" /></a>
      <//>`}
      ${faults.length > 0 && html`<${Note} title=${say("cards-before-printing")}>
        ${faults.map((fault) => html`<div class="above-less" key=${fault.text}>
          <p class="small wide">${fault.text}</p>
          <${Ways} ways=${fault.ways} taken=${accepted(fault)} />
        </div>`)}
      <//>`}
      <${Print} ...${{ files: made.files, at, stale, pieces, isLabel, plain }} correction=${sheets?.correction ?? []} />
      ${made.files.length > 1 && html`<${MadeFiles} files=${made.files} folder="" />`}
    </div>
  <//>`;
}

/** How cards are handed out, and what becomes of the names. */
const HandOut = () =>
  html`<aside class="stay stack far view" id="page" aria-label=${say("cards-hand")}>
    <${Card} id="hand" title=${say("cards-hand")}>
      <ul class="list small above-less">${sayLines("cards-hand-items").map((text) => html`<li key=${text}>${text}</li>`)}</ul>
    <//>
    <${KeptHere} />
  </aside>`;

/** @param {{files: Made["files"], at: string, pieces: number, correction: string[]} & Record<"stale" | "isLabel" | "plain", boolean>} props */
function Print({ files, at, stale, pieces, isLabel, plain, correction }) {
  const sheet = files.find(({ path }) => path.endsWith(".pdf"));
  return html`<section class="card" aria-labelledby="print">
    <div class="row between">
      <h2 id="print">${say("cards-print", { plain })}</h2>
      <div class="row tight">
        <${Button} look=${stale ? "btn" : "btn first"} icon="printer" run=${printTestSheet} title="Ctrl+P">
          ${say("cards-test")}
        <//>
        ${sheet && html`<${FileLink} look="btn" path=${sheet.path} view>${say("cards-open", { count: pieces, plain })}<//>`}
      </div>
    </div>
    <div class="above-less">
      <${How} drawings=${isLabel ? ["trial", "scale"] : ["trial", "scale", "edge"]} steps=${sayRows("cards-how", { plain })} />
    </div>
    ${sheet && files.length === 1 && html`<p class="small mute above-less">
      ${sheet.name} · ${size(sheet.bytes)} · ${say("make-made-on", { day: day(at), time: clock(at) })} ·${" "}
      <${FileLink} path=${sheet.path} name=${sheet.name}>${say("make-save")}<span class="unseen"> ${sheet.name}</span><//>
    </p>`}
    <${Folded} look="folded above-less" title=${say("cards-shifted")} open=${correction.length > 0 && !isLabel}>
      <ul class="list small">${sayLines("cards-shifted-items", { label: isLabel }).map((text) => html`<li key=${text}>${text}</li>`)}</ul>
      <${Offset} correction=${correction} isLabel=${isLabel} />
    <//>
  </section>`;
}
