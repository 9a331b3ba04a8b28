// Fabriquer while it makes, and where that stopped: how far it is, what is kept, and how it goes on.
/** @import { Fault, Progress as Far } from "../contract" */
/** @import { State } from "../store.js" */
import { Button, Note } from "../components/basics.js";
import { FaultNote, firstSentence } from "../components/fault.js";
import { place } from "../components/file.js";
import { Page, usePicture } from "../components/page.js";
import { PlaceDialog } from "../components/place.js";
import { Progress, timeLeft } from "../components/progress.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { make, percentMade, put, stopMaking, useLoaded, useStore } from "../store.js";
import { html, useRef, useState } from "../vendor/htm-preact.js";
import { clock, joined, number, say, size } from "../words.js";

/** Outputs that go on where they were stopped; others begin anew. */
const GOES_ON = new Set(["files", "zip", "cards"]);

/** The fault that says how many files are kept, which the view says itself. */
const KEPT = "W108";

/** The fault of a folder elsewhere that is not there any more. */
const NOT_THERE = "W210";

/** The fault of facts that nobody has compared with the notice. */
const TO_COMPARE = "C183";

/** @typedef {NonNullable<State["making"]>} Making */

/** Returns what is said where a stop came when all was made. @param {State["making"]} making */
export const tooLate = (making) => (making?.stopping ? say("make-late") : "");

/**
 * Returns how far the making is.
 * @param {Making} making
 * @param {boolean} cards they are made, else leaflets
 */
function stateOf({ outputs, progress, made, fault }, cards) {
  const stopped = made?.stopped ?? null;
  const over = stopped != null || fault != null;
  const reached = progress ?? { done: 0, total: 0, secondsLeft: null, record: "", output: "" };
  const whole = reached.output !== "" && !GOES_ON.has(reached.output); // which is made at one go
  /** @type {Far} what of it is there to stay */
  const far = over ? { ...reached, done: whole ? 0 : (stopped?.done ?? reached.done) } : reached;
  const left = stopped?.left ?? far.total - far.done;
  const resume = whole && far.total ? say("make-again", { id: reached.output }) : say("make-resume", { count: left });
  const before = outputs.slice(0, Math.max(0, outputs.indexOf(far.output)));
  const some = far.done > 0 && !whole ? [say("n-made", { count: far.done, cards })] : [];
  const kept = joined([...before.map((id) => say("the-output", { id })), ...some]); // of all that is made
  return { stopped, fault, over, reached, whole, far, left, resume, cards, before, kept };
}

/** @typedef {ReturnType<typeof stateOf>} Reached */

/** @param {{making: Making}} props */
export function Running({ making }) {
  const { campaign } = useStore();
  const now = stateOf(making, campaign?.kind === "cards");
  const { fault, over, far, cards } = now;
  const picture = useLastPage(now.reached, over);
  const [choosing, setChoosing] = useState(false);
  const note = fault && html`<${Interrupted} making=${making} now=${now} fault=${fault} choose=${() => setChoosing(true)} />`;
  const back = cards
    ? { address: "#/cartes/carte", text: say("cards-card") }
    : { address: "#/verifier", text: say("station", { id: "check" }) };
  return html`<${View}
    title=${say("station", { id: "make" })}
    lead=${leadOf(now)}
    above
    see=${false}
    back=${over ? back : null}
    left=${leftOf(now, clock(making.at))}
    page=${far.done > 0 && html`<${Aside} label=${say("make-last")}>
      <figure class="desk low">
        <div class="top"><h2>${say("make-last")}</h2></div>
        ${picture && html`<${Page} picture=${picture} zones=${false} />`}
        <figcaption><span>${picture?.name}</span></figcaption>
      </figure>
    <//>`}
  >
    ${fault && !far.total
      ? html`${note}
          <div class="above"></div>
          <${Button} run=${() => put({ making: null })}>${say("make-choose")}<//>`
      : html`<section class="card" aria-labelledby="progress">
          <h2 class="unseen" id="progress">${say("make-progress")}</h2>
          ${note && html`${note}<div class="above"></div>`}
          <${Work} making=${making} now=${now} />
        </section>`}
    ${choosing && html`<${PlaceDialog} close=${() => setChoosing(false)} />`}
  <//>`;
}

/** @param {Reached} now */
function leadOf({ stopped, fault, over, whole, reached, far, kept }) {
  const what = fault ? say("make-lead-fault") : stopped ? say("make-lead-stopped") : say("make-lead-running");
  if (!over || (fault && !far.total)) return what;
  const again = whole && far.total > 0 && say("make-again-whole", { id: reached.output });
  return [what, again, say("make-kept", { kept })].filter(Boolean).join(" ");
}

/** @param {Reached} now @param {string} time when it was over */
function leftOf({ fault, over, whole, reached, kept }, time) {
  if (!over && whole) return say("make-left-whole", { id: reached.output, kept });
  if (!over) return say("make-left-running", { kept });
  if (!fault) return say("make-left-stopped", { time });
  return fault.room ? say("make-left-full", { time }) : say("make-left-fault", { cause: firstSentence(fault.text)[0], time });
}

/**
 * @param {{making: Making, now: Reached, fault: Fault, choose: () => void}} props
 *   why it was interrupted; once files go elsewhere, where that is
 */
function Interrupted({ making: { moved, outputs, changedOnly, people }, now: { far, resume: button }, fault, choose }) {
  const { campaign } = useStore();
  if (moved) {
    const free = moved.free == null ? "" : size(moved.free);
    const press = far.total ? button : say("make-choose");
    return html`<${Note}
      look="good"
      icon="folder"
      role="status"
      title=${say("make-moved", { folder: place(campaign?.outputs ?? "", 2) })}
    >
      <p>${say("make-moved-text", { free, kept: far.done > 0, button: press })}</p>
    <//>`;
  }
  const others = fault.others?.filter(({ code }) => code !== KEPT);
  const ways = far.total && !fault.room ? [...fault.ways, { text: say("make-then-resume", { button }) }] : fault.ways;
  return html`<${FaultNote} fault=${{ ...fault, others, ways }}>
    ${(fault.room || fault.code === NOT_THERE) && html`<div class="row">
      <${Button} icon="folder" run=${choose}>${say("make-other-place")}<//>
    </div>`}
    ${fault.code === TO_COMPARE && html`<div class="ways">
      <${Button} look="btn small" run=${() => make(outputs, changedOnly, 0, people, true)}>${say("make-draft")}<//>
    </div>`}
  <//>`;
}

/** @param {{making: Making, now: Reached}} props how far it is, each output, and what stops it or goes on with it */
function Work({ making, now: { stopped, fault, over, reached, whole, far, left, resume, cards, before } }) {
  const { outputs, changedOnly, people, draft } = making;
  const goOn = () => make(outputs, true, stopped ? outputs.indexOf(reached.output) : 0, people, draft);
  const lot = outputs.length > 1 ? say("make-lot", { nth: before.length + 1, count: outputs.length }) : "";
  const rest = over ? (left ? say("make-rest", { count: left }) : "") : undefined;
  const time = timeLeft(far.secondsLeft) || (far.done ? say("make-soon") : say("make-starting"));
  return html`<${Progress} far=${far} percent=${percentMade(outputs, far)} lot=${lot} stopped=${rest} cards=${cards} />
    <div class="row between">
      <p class="mute">${over && whole && left ? say("make-to-make", { count: left, cards }) : (rest ?? [time, lot].filter(Boolean).join(", "))}</p>
      ${over
        ? html`<div class="row">
            <${Button} look="btn first" run=${goOn}>${resume}<//>
            <${Button} look="btn quiet" run=${() => put({ making: null })}>${say("make-choose")}<//>
          </div>`
        : html`<${Button} look="btn danger" run=${stopMaking}>${say("make-stop")}<//>`}
    </div>
    <ul class="ticks apart">
      ${over && !whole && far.done > 0 && html`<li>
        <${Icon} name="check" /><span>${say("make-kept-row", { count: far.done, cards })}</span>
        ${fault?.room && fault.room.kept > 0 && html`<span class="push">${size(fault.room.kept)}</span>`}
      </li>`}
      ${(over ? before : outputs).map((id, index) =>
        html`<${OutputLine} key=${id} id=${id} far=${far} before=${index < before.length} />`)}
      ${over && html`<li>
        <span class="ring-dot" aria-hidden="true"></span><span>${sayLater(outputs.slice(before.length))}</span>
      </li>`}
    </ul>
    ${changedOnly && !over && html`<p class="small mute above-less">${say("make-changed-only")}</p>`}`;
}

/** @param {string[]} ids of the outputs that are not whole yet */
function sayLater(ids) {
  const isSeveral = ids.length > 1 || ids[0] === "drafts";
  const kind = ids.every((id) => id === "cards" || id === "labels") ? "cards" : isSeveral ? "several" : "one";
  return say("make-later", { outputs: joined(ids.map((id) => say("the-output", { id }))), kind });
}

/**
 * Shows the page of the school that was made last: another one with each quarter that is done, and at the end, for
 * drawing takes time from the making.
 * @param {Far} far
 * @param {boolean} over
 */
function useLastPage({ done, total, record }, over) {
  const shown = useRef({ quarter: "", record: "" });
  const quarter = over ? "over" : String(total && Math.floor((4 * done) / total));
  if (record && quarter !== shown.current.quarter) shown.current = { quarter, record };
  return usePicture({ document: "", of: shown.current.record || "first", page: 1, width: 900, view: "screen" });
}

/** @param {{id: string, far: Far, before: boolean}} props */
function OutputLine({ id, far, before }) {
  const { value } = useLoaded("plan");
  const label = value?.outputs.find((output) => output.id === id)?.label ?? say("the-output", { id });
  const now = far.output === id;
  return html`<li>
    ${before ? html`<${Icon} name="check" />` : html`<span class="ring-dot" aria-hidden="true"></span>`}
    <span>${now ? html`<b>${label}</b>` : label}</span>
    <span class="push">${now ? far.total > 0 && `${number(far.done)} ${say("make-of", { total: far.total })}` : before ? say("make-done") : say("make-then")}</span>
  </li>`;
}
