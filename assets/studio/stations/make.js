// Fabriquer: what to make, and what to do with it once it is made.
/** @import { Campaign, Fault, Output, Plan, Way } from "../contract" */
/** @import { IconName } from "../icons.js" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { focusOn } from "../actions.js";
import { Button, Card, Folded, Note, Pick, Told } from "../components/basics.js";
import { Unsaved } from "../components/draft.js";
import { FaultNote, Ways } from "../components/fault.js";
import { place } from "../components/file.js";
import { ICONS, MadeFiles, OpenFolder } from "../components/made.js";
import { PlaceDialog } from "../components/place.js";
import { How, printTestSheet, usePrintKey } from "../components/print.js";
import { KeptHere } from "../components/proof.js";
import { NotSaved, RefusedNote, useAnswer } from "../components/refused.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { addressOf } from "../router.js";
import { change, engine, isStale, make, put, settle, state, useLoaded, useStore } from "../store.js";
import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { clock, day, joined, number, say, sayLines, sayRows } from "../words.js";
import { Running, tooLate } from "./making.js";

/** Outputs of which each is one file to hand on. */
const ONE_FILE = new Set(["zip", "copier", "print-run"]);

/** How many outputs are named, and how many notes are shown under the files without being asked for. */
const [FEW, OPEN] = [3, 2];

/** The fault of drafts; it stands by itself, and two rows of one school (T305) are counted. */
const MADE_AS_DRAFTS = "C188";
const ELSEWHERE = new Set([MADE_AS_DRAFTS, "T305"]);

/** @param {{choice?: Child, done?: unknown}} props @returns the view that fits: choice, running, stopped or done */
export function Make({ choice = html`<${Choice} />`, done = Done }) {
  const { making, campaign } = useStore();
  const isAnswered = making?.fault && !making.fault.room && campaign?.revision !== making.revision; // it may be another story now
  if (!making || isAnswered) return choice;
  return making.made && !making.made.stopped ? html`<${done} made=${making.made} at=${making.at} />` : html`<${Running} making=${making} />`;
}

function Choice() {
  const { campaign } = useStore();
  const [ticked, setOutputs] = useState(/** @type {string[] | null} */ (null));
  const [changedOnly, setChangedOnly] = useState(true);
  const { value: planned } = useLoaded("plan");
  const [plan, setPlan] = useState(/** @type {Plan | null} */ (null));
  if (planned && planned !== plan) setPlan(planned);
  const all = plan?.outputs ?? [];
  const before = all.filter(({ madeAt }) => madeAt).map(({ id }) => id);
  const made = before.length > 0;
  const { underWay = [], toCompare = [], unasked = [], unaskedValues = "" } = plan ?? {};
  const outputs = ticked ?? (underWay.length ? underWay : made ? before : ["zip", "copier"]);
  const chosen = all.filter((output) => outputs.includes(output.id) && canBeTicked(output));
  const ids = chosen.map(({ id }) => id);
  const run = async (draft = false) => {
    await settle();
    const asked = document.querySelector("#asked");
    if (!ids.length) focusOn(document.querySelector(".make input"));
    else if (asked instanceof HTMLInputElement && !asked.value.trim()) focusOn(asked);
    else void make(ids, made && changedOnly, 0, [], draft);
  };
  const toggle = (/** @type {string} */ id) =>
    setOutputs(outputs.includes(id) ? outputs.filter((other) => other !== id) : [...outputs, id]);
  return html`<${View}
    title=${say("station", { id: "make" })}
    lead=${say("make-lead")}
    above
    see=${false}
    ready=${plan != null}
    back=${{ address: "#/verifier", text: say("station", { id: "check" }) }}
    left=${leftOf(chosen)}
    next=${{ ...nextOf(ids, toCompare, unasked, () => run()), first: true }}
    page=${html`<${Aside} label=${say("make-summary")}>
      <div class="stack far">
        <${Summary} plan=${plan} made=${made} changedOnly=${changedOnly} setChangedOnly=${setChangedOnly} />
        ${made && html`<${After} />`}
      </div>
    <//>`}
  >
    ${campaign && html`<${Missing} stations=${campaign.stations} />`}
    <${ToCompare} ...${{ facts: toCompare, unasked, unaskedValues }} draft=${() => run(true)} />
    ${underWay.length > 0 && html`<${Note} title=${say("make-interrupted")}><p>${say("make-interrupted-text")}</p><//>`}
    <fieldset class="sheet">
      <legend class="unseen">${say("make-what")}</legend>
      ${all.map((output) => html`<${Box}
        key=${output.id}
        output=${output}
        ticked=${outputs.includes(output.id)}
        tick=${() => toggle(output.id)}
      />`)}
    </fieldset>
  <//>`;
}

/** @param {string[]} facts @param {string[]} unasked @returns where the first of them that is a question is compared */
const toBeCompared = (facts, unasked) => addressOf({ station: "election", field: facts.find((fact) => !unasked.includes(fact)) });

/**
 * @param {string[]} ids
 * @param {string[]} facts
 * @param {string[]} unasked
 * @param {() => void} run
 * @returns what comes next: files, or comparing, which is done here for what is no question
 */
function nextOf(ids, facts, unasked, run) {
  if (facts.length && ids.some((id) => id !== "labels")) {
    const text = say("make-draft-off", { count: facts.length });
    if (unasked.length === facts.length) return { text, run: () => focusOn(document.querySelector("#to-compare .btn")) };
    return { text, address: toBeCompared(facts, unasked) };
  }
  const files = ids.every((id) => ONE_FILE.has(id));
  return { text: ids.length ? say("make-next", { count: ids.length, files }) : say("make-next-nothing"), run };
}

/**
 * @param {{facts: string[], unasked: string[], unaskedValues: string, draft: () => void}} props
 *   what nobody has compared, what of it is compared here, and what can be made all the same
 */
const ToCompare = ({ facts, unasked, unaskedValues, draft }) =>
  facts.length > 0 && html`<${Note} look="warn below" title=${say("make-to-compare", { count: facts.length })}>
    <p>${say("make-draft-text")}</p>
    ${unaskedValues && html`<p>${unaskedValues}</p>`}
    <div class="ways" id="to-compare">
      ${unasked.length > 0 && html`<${Button} look="btn small" run=${() => change("compare", { keys: unasked })}>${say("question-same")}<//>`}
      ${unasked.length < facts.length && html`<a class="btn small" href=${toBeCompared(facts, unasked)}>${say("make-compare")}</a>`}
      <${Button} look="btn small" run=${draft}>${say("make-draft")}<//>
    </div>
  <//>`;

/** @param {Output[]} chosen @returns what is left to do before they are made, or what they are */
function leftOf(chosen) {
  if (!chosen.length) return say("make-left-nothing");
  const names = joined(chosen.map(({ id }) => say("output", { id })));
  const why = chosen.find((output) => !output.possible)?.why;
  return why ?? say("make-left", { few: chosen.length <= FEW, outputs: names, count: chosen.length });
}

/** @param {{stations: Campaign["stations"]}} props what is to be done before anything is made */
function Missing({ stations }) {
  const errors = stations.filter(({ id, state, todo }) =>
    id === "election" ? todo.some((one) => !one.isToCompare) : state === "todo" && id !== "make" && id !== "pages",
  );
  const unsettled = stations.find(({ id, state }) => id === "check" && state === "look");
  const missing = errors.find(({ id }) => id !== "check") ?? unsettled ?? errors[0];
  if (!missing) return null;
  const { id, state } = missing;
  const what = id === "check" && state === "look" ? "look" : id;
  const [text, way, why] = sayLines("make-missing", { what });
  return html`<${Note} look="warn below" title=${text}>
    ${why && html`<p>${why}</p>`}
    <div class="ways"><a class="btn small" href=${addressOf({ station: id })}>${way}</a></div>
  <//>`;
}

/**
 * @param {{plan: Plan | null, made: boolean, changedOnly: boolean, setChangedOnly: (only: boolean) => void}} props
 *   how much is made, of what, and where; once something was made, whether all of it is made again
 */
function Summary({ plan, made, changedOnly, setChangedOnly }) {
  const { campaign } = useStore();
  const { value: list } = useLoaded("list");
  const [choosing, setChoosing] = useState(false);
  const { schools = 0, copies = 0, documents = [], waiting = 0, without = 0 } = plan ?? {};
  const { left = 0 } = list?.counts ?? {};
  return html`<${Card} id="summary" title=${say("make-summary")}>
    <dl class="facts above-less">
      <dt>${say("make-schools")}</dt>
      <dd>${number(schools)}</dd>
      <dt>${say("make-copies")}</dt>
      <dd>${number(copies)}</dd>
      <dt>${say("make-documents", { count: documents.length })}</dt>
      <dd>${documents.join(", ")}</dd>
      ${campaign && campaign.outputs !== campaign.folder && html`<dt>${say("make-in-place")}</dt>
        <dd>
          ${place(campaign.outputs, 2)}${" "}
          <${Button} look="link" run=${() => setChoosing(true)}>${say("choose-another")}<//>
        </dd>`}
    </dl>
    ${choosing && html`<${PlaceDialog} close=${() => setChoosing(false)} />`}
    ${made && html`<fieldset class="apart">
      <legend class="unseen">${say("make-which")}</legend>
      ${[true, false].map((only) => html`<${Pick}
        type="radio"
        key=${String(only)}
        name="which"
        checked=${changedOnly === only}
        onchange=${() => setChangedOnly(only)}
        >${only ? say("make-changed") : say("make-all")}<//>`)}
    </fieldset>`}
    ${made && html`<${OpenFolder} />`}
    <${NotPrinted} />
    ${waiting > 0 && html`<${Told} look="worry above-less">
      ${say("schools-waiting", { schools: waiting })} <a href="#/liste/cases?show=twice">${say("cells-choose-row")}</a>
    <//>`}
    ${without > 0 && html`<p class="small mute above-less">
      ${say("make-without", { schools: without })} <a href="#/liste/cases?show=elsewhere">${say("make-see-them")}</a>
    </p>`}
    <${NotMended} />
    ${left > 0 && html`<p class="small mute above-less">
      ${say("make-left-rows", { rows: left })} <a href="#/liste/cases?show=left">${say("make-see-them")}</a>
    </p>`}
  <//>`;
}

/** Says how many rows of the list have nothing made of them before they are mended. */
function NotMended() {
  const rows = useLoaded("list").value?.counts?.mend ?? 0;
  return rows > 0 && html`<${Told} look="worry above-less">
    ${say("make-not-mended", { rows })} <a href="#/liste/cases?show=mend">${say("make-see-them")}</a>
  <//>`;
}

/** Says how many answers are blank or only proposed, and leads to the first. */
export function NotPrinted() {
  const election = useStore().campaign?.stations.find(({ id, state }) => id === "election" && state === "look");
  return election && html`<p class="small mute above-less">
    ${say("make-not-printed", { word: election.word })}${" "}
    <a href=${addressOf(election.todo[0]?.at ?? { station: "election" })}>${say("make-see-them")}</a>
  </p>`;
}

/** @param {Output} output @returns whether it can be made, or can once its question is answered */
const canBeTicked = ({ possible, asks }) => possible || asks != null;

/** @param {{output: Output, ticked: boolean, tick: () => void}} props */
function Box({ output, ticked, tick }) {
  const { id, label, text, why, asks, missing, madeAt, stale } = output;
  const can = canBeTicked(output);
  const picture = html`<span class="pic" aria-hidden="true"><${Icon} name=${ICONS[id] ?? "sheet"} /></span>`;
  if (!can)
    return html`<div class="make off">
      ${picture}
      <span><b>${label}</b><br /><span class="mute small">${why || text}</span></span>
      ${id === "cards" && html`<a class="btn small" href="#/pages?cartes=1">${say("make-choose-card")}</a>`}
    </div>`;
  return html`<label class="make">
      ${picture}
      <span><b>${label}</b><br /><span class="mute small"
          >${text}${asks && !asks.text && !ticked && html`. ${say("make-will-ask")}`}</span>
        ${madeAt && html`<br /><span class="small"
            >${say("make-made-at", { day: day(madeAt), time: clock(madeAt) })}${stale && html` <b class="fault">${say("make-stale")}</b>`}</span>`}</span>
      <input type="checkbox" checked=${ticked} onchange=${tick} />
    </label>
    ${asks && ticked && html`<${Asked} asks=${asks} />`}
    ${missing && ticked && html`<div class="make-asks">
      <${Told}>${missing.text}<//>
      <${Ways} ways=${[{ text: say("make-see-them"), at: missing.at }]} />
    </div>`}`;
}

/** @param {{asks: NonNullable<Output["asks"]>}} props what an output needs to know before it is made */
function Asked({ asks }) {
  const { key, label, hint, text, refused: refusal } = asks;
  const { field, refused, sent } = useAnswer(asks, text, (value) => change("word", { key, text: value }));
  useEffect(() => {
    if (!text) focusOn(document.querySelector("#asked"));
  }, []);
  return html`<div class=${refusal ? "make-asks refused" : "make-asks"}>
    <label for="asked"
      >${label}${useStore().unsaved.includes(key) ? html` <${Unsaved} />` : refusal && html` <${NotSaved} />`}</label>
    <p class="hint" id="asked-hint">${hint}</p>
    <input class="in" autocomplete="off" ...${field("asked", hint)} />
    <${RefusedNote} id="asked" field=${key} refused=${refused} sent=${sent} kept=${text} />
  </div>`;
}

/** @param {number} leaflets @param {boolean} isDraft */
const titleOf = (leaflets, isDraft) => (isDraft ? say("make-draft-done") : say("make-done-title", { leaflets }));

function Done() {
  const { making, campaign, undo } = useStore();
  const plan = useLoaded("plan").value;
  const made = making?.made;
  if (!made) return null;
  const isDraft = made.faults.some(({ code }) => code === MADE_AS_DRAFTS);
  const faults = isStale(state) ? [] : made.faults.filter(({ code }) => !ELSEWHERE.has(code)); // what is wrong now is checked anew
  const lacking = joined(made.lacking.map(({ output, document }) => say("make-of-document", { id: output, document })));
  const seconds = Math.max(1, Math.round(made.seconds));
  const there = plan?.outputs.filter(({ madeAt }) => madeAt) ?? [];
  const isOther = (/** @type {Output} */ { id }) => made.files.every(({ output }) => output !== id);
  const old = joined(there.filter(({ stale }) => stale).map(({ id }) => say("output", { id })));
  const isOld = there.some((output) => output.stale && !isOther(output));
  const hasCodes = !isDraft && made.files.some(({ output }) => output !== "labels" && output !== "drafts");
  const read = say("make-done-lead", { seconds, codes: hasCodes ? String(made.codesRead) : "none", points: faults.length });
  const steps = sayRows("make-how", { mixed: plan?.sides === "mixed" });
  usePrintKey(!isOld && hasCodes);
  const others = there.filter((output) => !output.stale && isOther(output));
  return html`<${View}
    title=${isOld ? say("make-old-title") : lacking ? say("make-lacking-title") : titleOf(made.count, isDraft)}
    lead=${isOld ? "" : isDraft ? say("make-draft-done-text") : `${read} ${tooLate(making)}`}
    above
    see=${false}
    back=${{ address: "#/verifier", text: say("station", { id: "check" }) }}
    left=${say("make-left-done")}
    next=${{ text: say("make-more"), run: () => put({ making: null }) }}
    page=${html`<${Aside} label=${say("make-after")}><div class="stack far"><${After} /></div><//>`}
  >
    <div class="stack far">
      ${old && html`<${Note} look="bad" title=${say("make-old")}>
        <p>${say("make-old-outputs", { outputs: old, what: undo?.text ?? "" })}</p>
        <div class="ways"><${Button} look="btn first" run=${() => put({ making: null })}>${say("make-old-again")}<//></div>
      <//>`}
      ${lacking && html`<${Note} look="bad" title=${say("make-lacking", { outputs: lacking })}>
          <p>${say("make-lacking-text")}</p>
          <div class="ways"><${Button} run=${() => put({ making: null })}>${say("make-choose")}<//></div>
        <//>
        <${ToLookAt} faults=${faults} open />`}
      <${MadeFiles} files=${made.files} folder=${campaign?.outputs ?? ""} />
      ${others.length > 0 && html`<p class="small mute">
        ${say("make-made-before", { outputs: joined(others.map(({ id }) => say("output", { id }))) })}
      </p>`}
      <${NotMended} />
      ${made.waiting > 0 && plan?.waiting !== 0 && html`<${Note} title=${say("make-not-made", { schools: made.waiting })}>
        <div class="ways"><a class="btn small" href="#/liste/cases?show=twice">${say("cells-choose-row")}</a></div>
      <//>`}
      ${!lacking && html`<${ToLookAt} faults=${faults} open=${faults.length <= OPEN} />`}
      ${!isOld && (hasCodes || made.files.some(({ output }) => output === "labels")) && html`<section class="card" aria-labelledby="print">
        <div class="row between">
          <h2 id="print">${say("make-before", { copies: hasCodes ? (plan?.copies ?? 0) : 1 })}</h2>
          ${hasCodes && html`<${Button} look="btn first" icon="printer" run=${printTestSheet} title="Ctrl+P">${say("make-test")}<//>`}
        </div>
        <div class="above-less"><${How}
          drawings=${!hasCodes ? ["scale"] : plan?.sides === "one" ? ["scale", "leaflet"] : ["scale", "leaflet", "edge"]}
          steps=${hasCodes ? steps : steps.slice(0, 1)}
        /></div>
      </section>`}
    </div>
  <//>`;
}

/** @param {{faults: Fault[], open: boolean}} props what was noticed in files that were made, or kept others from it */
const ToLookAt = ({ faults, open }) =>
  faults.length > 0 && html`<${Folded} look="card folded" open=${open} title=${say("make-to-look-at", { points: faults.length })}>
    <div class="stack above-less">
      ${faults.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} taken=${accepted(fault)} />`)}
    </div>
  <//>`;

/** What can be done with what is made. */
function After() {
  const [sent, setSent] = useState("");
  const pack = async () => {
    const { file } = await engine.call("pack");
    setSent(file);
    await engine.save(file);
  };
  return html`<${Card} id="after" title=${say("make-after")}>
      <ul class="stack above-less">
        <li>
          <${Button} look="link" run=${pack}>${say("make-pack")}<//>
          <p class="hint" role="status">${sent ? say("make-packed", { file: sent }) : say("make-pack-text")}</p>
        </li>
        ${state.campaign?.kind !== "cards" && html`<li><a href="#/pages">${say("make-poster")}</a></li>`}
      </ul>
    <//>
    <${KeptHere} />`;
}

/** @param {Fault} fault @returns what takes it away once somebody has said that it is right */
export const accepted = (fault) => (/** @type {Way} */ way) => {
  const { making } = state;
  if (way.call !== "accept" || !making?.made) return;
  const faults = making.made.faults.filter((other) => other !== fault);
  put({ making: { ...making, made: { ...making.made, faults } } });
};
