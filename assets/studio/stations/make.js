// Fabriquer: what to make, the making itself, and what to do with it.
/** @import { Fault, MadeFile, Output, Plan, Progress as Far, Way } from "../contract" */
/** @import { IconName } from "../icons.js" */
import { focusOn } from "../actions.js";
import { Dialog } from "../components/dialog.js";
import { Unsaved } from "../components/draft.js";
import { FaultNote, firstSentence, Ways } from "../components/fault.js";
import { FileLink } from "../components/file.js";
import { How } from "../components/how.js";
import { altOf, usePicture } from "../components/page.js";
import { PlaceDialog } from "../components/place.js";
import { printTestSheet, usePrintKey } from "../components/print.js";
import { Progress, timeLeft } from "../components/progress.js";
import { describedBy, NotSaved, RefusedNote, useAnswer } from "../components/refused.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { change, dropMade, engine, make, put, settle, state, useLoaded, useStore } from "../store.js";
import { go } from "../router.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { clock, joined, number, say, sayLines, sayRows, size } from "../words.js";

/** @type {Record<string, IconName>} */
const ICONS = {
  files: "folder",
  zip: "zip",
  copier: "printer",
  "print-run": "press",
  labels: "parcel",
  drafts: "mail",
  cards: "card",
  book: "book",
};

/** Outputs of which each is one file to hand on. */
const ONE_FILE = new Set(["zip", "copier", "print-run", "book"]);

/** Outputs whose files have names that are said when they are saved. */
const NAMED = new Set(["cards", "labels", "drafts", "book"]);

/** Outputs that go on where they were stopped; others begin anew. */
const GOES_ON = new Set(["files", "zip", "cards"]);

/** The fault that says how many files are kept, which the view says itself. */
const KEPT = "W108";

/** How many notes are shown under the files without being asked for. */
const OPEN = 2;

/** The fault of two rows of one school, which are counted. */
const TWICE = "T305";

/** The fault of a folder elsewhere that is not there any more. */
const NOT_THERE = "W210";

/** @returns the view that fits: choice, running, stopped or done */
export function Make() {
  const { making } = useStore();
  if (!making) return html`<${Choice} />`;
  if (making.made && !making.made.stopped) return html`<${Done} />`;
  return html`<${Running} />`;
}

function Choice() {
  const { campaign } = useStore();
  const [outputs, setOutputs] = useState(["zip", "copier"]);
  const made = campaign?.stations.find(({ id }) => id === "make")?.state === "done";
  const [changedOnly, setChangedOnly] = useState(made);
  const { value: planned } = useLoaded("plan");
  const { value: list } = useLoaded("list");
  const [plan, setPlan] = useState(/** @type {Plan | null} */ (null));
  const [choosing, setChoosing] = useState(false);
  if (planned && planned !== plan) setPlan(planned);
  const errors =
    campaign?.stations.filter(
      ({ id, state, todo }) =>
        id === "election" ? todo.length > 0 : state === "todo" && id !== "make" && id !== "pages",
    ) ?? [];
  const unsettled = campaign?.stations.find(({ id, state }) => id === "check" && state === "look");
  const chosen = (plan?.outputs ?? []).filter((output) => outputs.includes(output.id) && canBeTicked(output));
  const left = list?.counts?.left ?? 0;
  const nothing = !chosen.length;
  const missing = errors.find(({ id }) => id !== "check") ?? unsettled ?? errors[0];
  const isToCompare = missing?.id === "election" && missing.todo.every((one) => one.isToCompare);
  const what = isToCompare ? "compare" : missing?.id !== "check" ? missing?.id : missing.state === "look" ? "look" : "check";
  const [missed, wayThere, why] = what ? sayLines("make-missing", { what }) : [];
  const run = async () => {
    await settle();
    const asked = document.querySelector("#asked");
    const isAsked = asked instanceof HTMLInputElement && !asked.value.trim();
    if (nothing || isAsked) focusOn(nothing ? document.querySelector(".make input") : asked);
    else
      void make(
        chosen.map(({ id }) => id),
        changedOnly,
      );
  };
  return html`<${View}
    title=${say("station", { id: "make" })}
    lead=${say("make-lead")}
    above
    see=${false}
    ready=${plan != null}
    back=${{ address: "#/verifier", text: say("station", { id: "check" }) }}
    left=${
      nothing
        ? say("make-left-nothing")
        : (chosen.find((output) => !output.possible)?.why ??
          say("make-left", { few: chosen.length <= 3, outputs: joined(chosen.map(({ id }) => say("output", { id }))), count: chosen.length }))
    }
    next=${{
      text: nothing ? say("make-next-nothing") : say("make-next", { count: chosen.length, files: chosen.every(({ id }) => ONE_FILE.has(id)) }),
      first: true,
      run,
    }}
    page=${html`<${Aside} label=${say("make-summary")}>
      <section class="card" aria-labelledby="summary">
        <h2 id="summary">${say("make-summary")}</h2>
        <dl class="facts above-less">
          <dt>${say("make-schools")}</dt>
          <dd>${number(plan?.schools ?? 0)}</dd>
          <dt>${say("make-copies")}</dt>
          <dd>${number(plan?.copies ?? 0)}</dd>
          <dt>${say("make-documents", { count: plan?.documents.length ?? 0 })}</dt>
          <dd>${plan?.documents.join(", ")}</dd>
          ${campaign && campaign.outputs !== campaign.folder && html`<dt>${say("make-in-place")}</dt>
            <dd>
              ${place(campaign.outputs, 2)}${" "}
              <button class="link" type="button" onclick=${() => setChoosing(true)}>${say("choose-another")}</button>
            </dd>`}
        </dl>
        ${choosing && html`<${PlaceDialog} close=${() => setChoosing(false)} />`}
        ${made && html`<fieldset class="apart">
          <legend class="unseen">${say("make-which")}</legend>
          ${[true, false].map((only) => html`<label class="pick" key=${String(only)}><input
              type="radio"
              name="which"
              checked=${changedOnly === only}
              onchange=${() => setChangedOnly(only)}
            /><span>${only ? say("make-changed") : say("make-all")}</span></label>`)}
        </fieldset>`}
        ${plan != null && plan.waiting > 0 && html`<p class="worry above-less">
          <${Icon} name="alert" /><span
            >${say("schools-waiting", { schools: plan.waiting })} <a href="#/liste/cases?show=twice">${say("cells-choose-row")}</a></span
          >
        </p>`}
        ${plan != null && plan.without > 0 && html`<p class="small mute above-less">
          ${say("make-without", { schools: plan.without })} <a href="#/liste/cases?show=elsewhere">${say("make-see-them")}</a>
        </p>`}
        ${left > 0 && html`<p class="small mute above-less">
          ${say("make-left-rows", { rows: left })} <a href="#/liste/cases?show=left">${say("make-see-them")}</a>
        </p>`}
      </section>
    <//>`}
  >
    ${missing && html`<div class="note warn">
        <${Icon} name="alert" />
        <div>
          <h2>${missed}</h2>
          ${why && html`<p>${why}</p>`}
          <div class="ways"><a class="btn small" href=${STATION_ADDRESS[missing.id]}>${wayThere}</a></div>
        </div>
      </div>
      <div class="above"></div>`}
    <fieldset class="sheet">
      <legend class="unseen">${say("make-what")}</legend>
      ${(plan?.outputs ?? []).map((output) => html`<${Box}
        key=${output.id}
        output=${output}
        ticked=${outputs.includes(output.id)}
        tick=${() =>
          setOutputs(
            outputs.includes(output.id) ? outputs.filter((id) => id !== output.id) : [...outputs, output.id],
          )}
      />`)}
    </fieldset>
  <//>`;
}

/** @type {Record<string, string>} */
export const STATION_ADDRESS = {
  election: "#/election",
  list: "#/liste",
  pages: "#/pages",
  check: "#/verifier",
  make: "#/fabriquer",
};

/**
 * Tells whether an output can be made, or can once its question is answered.
 * @param {Output} output
 */
const canBeTicked = ({ possible, asks }) => possible || asks != null;

/** @param {{output: Output, ticked: boolean, tick: () => void}} props */
function Box({ output, ticked, tick }) {
  const { id, label, text, why, asks, missing } = output;
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
          >${text}${asks && !asks.text && !ticked && html`. ${say("make-will-ask")}`}</span></span>
      <input type="checkbox" checked=${ticked} onchange=${tick} />
    </label>
    ${asks && ticked && html`<${Asked} asks=${asks} />`}
    ${missing && ticked && html`<div class="make-asks">
      <p class="worry"><${Icon} name="alert" /><span>${missing.text}</span></p>
      <${Ways} ways=${[{ text: say("make-see-them"), at: missing.at }]} />
    </div>`}`;
}

/** @param {{asks: NonNullable<Output["asks"]>}} props what an output needs to know before it is made */
function Asked({ asks }) {
  const { key, label, hint, text, refused: refusal } = asks;
  const { draft, typed, leave, refused, sent } = useAnswer(asks, text, (value) =>
    change("word", { key, text: value }),
  );
  useEffect(() => {
    if (!text) focusOn(document.querySelector("#asked"));
  }, []);
  return html`<div class=${refusal ? "make-asks refused" : "make-asks"}>
    <label for="asked"
      >${label}${useStore().unsaved.includes(key) ? html` <${Unsaved} />` : refusal && html` <${NotSaved} />`}</label>
    <p class="hint" id="asked-hint">${hint}</p>
    <input
      class="in"
      id="asked"
      data-field=${key}
      aria-describedby=${describedBy("asked", { hint, refused })}
      aria-invalid=${refused ? "true" : null}
      autocomplete="off"
      value=${draft}
      oninput=${(/** @type {any} */ event) => typed(event.currentTarget.value)}
      onblur=${leave}
    />
    <${RefusedNote} id="asked" field=${key} refused=${refused} sent=${sent} kept=${text} />
  </div>`;
}

function Running() {
  const { making, campaign } = useStore();
  const cards = campaign?.kind === "cards";
  const { progress, made = null, fault = null } = making ?? {};
  const stopped = made?.stopped ?? null;
  const over = stopped != null || fault != null;
  const reached = progress ?? { done: 0, total: 0, secondsLeft: null, record: "", output: "" };
  const whole = reached.output !== "" && !GOES_ON.has(reached.output);
  /** @type {Far} what of it is there to stay */
  const far = over ? { ...reached, done: whole ? 0 : (stopped?.done ?? reached.done) } : reached;
  const left = stopped?.left ?? far.total - far.done;
  const reachedAt = making ? Math.max(0, making.outputs.indexOf(far.output)) : 0;
  const picture = useLastPage(reached, over);
  const [choosing, setChoosing] = useState(false);
  if (!making) return null;
  const { outputs, changedOnly, at, moved } = making;
  const resume = () => void make(outputs, true, stopped ? outputs.indexOf(reached.output) : 0, making.people);
  const resumeText = whole ? say("make-again", { id: reached.output }) : say("make-resume", { count: left, cards });
  const what = fault ? say("make-lead-fault") : stopped ? say("make-lead-stopped") : say("make-lead-running");
  const back = cards
    ? { address: "#/cartes/carte", text: say("cards-card") }
    : { address: "#/verifier", text: say("station", { id: "check" }) };
  const note =
    fault &&
    (moved
      ? html`<div class="note good" role="status">
          <${Icon} name="folder" />
          <div>
            <h2>${say("make-moved", { folder: place(campaign?.outputs ?? "", 2) })}</h2>
            <p>
              ${say("make-moved-text", { free: moved.free == null ? "" : size(moved.free), kept: far.done > 0, button: far.total ? resumeText : say("make-choose") })}
            </p>
          </div>
        </div>`
      : html`<${FaultNote}
          fault=${{
            ...fault,
            others: fault.others?.filter(({ code }) => code !== KEPT),
            ways: far.total && !fault.room ? [...fault.ways, { text: say("make-then-resume", { button: resumeText }) }] : fault.ways,
          }}
        >
          ${(fault.room || fault.code === NOT_THERE) && html`<div class="row">
            <button class="btn" type="button" onclick=${() => setChoosing(true)}>
              <${Icon} name="folder" />${say("make-other-place")}
            </button>
          </div>`}
        <//>`);
  return html`<${View}
    title=${say("station", { id: "make" })}
    lead=${over && far.total
      ? `${what} ${whole ? say("make-again-whole", { id: reached.output }) : say("make-kept", { count: far.done, cards })}`
      : what}
    above
    see=${false}
    back=${over ? back : null}
    left=${over
      ? fault
        ? fault.room
          ? say("make-left-full", { time: clock(at) })
          : say("make-left-fault", { cause: firstSentence(fault.text)[0], time: clock(at) })
        : say("make-left-stopped", { time: clock(at) })
      : whole
        ? say("make-left-whole", { id: reached.output })
        : say("make-left-running", { count: far.done, cards })}
    page=${far.done > 0 && html`<${Aside} label=${say("make-last")}>
      <figure class="desk low">
        <div class="top"><h2>${say("make-last")}</h2></div>
        ${picture && html`<div class=${picture.height > picture.width ? "page tall" : "page"}>
          <img src=${picture.url} width=${picture.width} height=${picture.height} alt=${altOf(picture)} />
        </div>`}
        <figcaption><span>${picture?.name}</span></figcaption>
      </figure>
    <//>`}
  >
    ${fault && !far.total
      ? html`${note}
          <div class="above"></div>
          <button class="btn" type="button" onclick=${() => put({ making: null })}>${say("make-choose")}</button>`
      : html`<section class="card" aria-labelledby="progress">
          <h2 class="unseen" id="progress">${say("make-progress")}</h2>
          ${note && html`${note}<div class="above"></div>`}
          <${Progress} far=${far} stopped=${over ? say("make-rest", { count: left, cards }) : undefined} cards=${cards} />
          <div class="row between">
            <p class="mute">
              ${over
                ? whole
                  ? say("make-to-make", { count: left, cards })
                  : say("make-rest", { count: left, cards })
                : timeLeft(far.secondsLeft) || (far.done ? say("make-soon") : say("make-starting"))}
            </p>
            ${over
              ? html`<div class="row">
                  <button class="btn first" type="button" onclick=${resume}>${resumeText}</button>
                  <button class="btn quiet" type="button" onclick=${() => put({ making: null })}>
                    ${say("make-choose")}
                  </button>
                </div>`
              : html`<button class="btn danger" type="button" onclick=${() => engine.call("stop")}>
                  ${say("make-stop")}
                </button>`}
          </div>
          <ul class="ticks apart">
            ${over && !whole && far.done > 0 && html`<li>
              <${Icon} name="check" /><span>${say("make-kept-row", { count: far.done, cards })}</span>
              ${fault?.room && fault.room.kept > 0 && html`<span class="push">${size(fault.room.kept)}</span>`}
            </li>`}
            ${(over ? outputs.slice(0, reachedAt) : outputs).map((id, index) =>
              html`<${OutputLine} key=${id} id=${id} far=${far} before=${index < reachedAt} />`)}
            ${over && html`<li>
              <span class="ring-dot" aria-hidden="true"></span><span>${sayLater(outputs.slice(reachedAt))}</span>
            </li>`}
          </ul>
          ${changedOnly && !over && html`<p class="small mute above-less">${say("make-changed-only")}</p>`}
        </section>`}
    ${choosing && html`<${PlaceDialog} close=${() => setChoosing(false)} />`}
  <//>`;
}

/** @param {string[]} ids of the outputs that are not whole yet */
function sayLater(ids) {
  const kind = ids.every((id) => id === "cards" || id === "labels") ? "cards" : ids.length > 1 || ids[0] === "drafts" ? "several" : "one";
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
  const label = value?.outputs.find((output) => output.id === id)?.label ?? id;
  const now = far.output === id;
  return html`<li>
    ${before ? html`<${Icon} name="check" />` : html`<span class="ring-dot" aria-hidden="true"></span>`}
    <span>${now ? html`<b>${label}</b>` : label}</span>
    <span class="push">${now ? `${number(far.done)} ${say("make-of", { total: far.total })}` : before ? say("make-done") : say("make-then")}</span>
  </li>`;
}

function Done() {
  const { making, campaign } = useStore();
  const [erasing, setErasing] = useState(false);
  const [sent, setSent] = useState("");
  usePrintKey(true);
  const plan = useLoaded("plan").value;
  const made = making?.made;
  if (!made) return null;
  const total = made.count;
  const faults = made.faults.filter(({ code }) => code !== TWICE);
  const pack = async () => {
    const { file } = await engine.call("pack");
    setSent(file);
    await engine.save(file);
  };
  return html`<${View}
    title=${say("make-done-title", { leaflets: total })}
    lead=${say("make-done-lead", { seconds: Math.max(1, Math.round(made.seconds)), codesRead: made.codesRead, points: faults.length })}
    above
    see=${false}
    back=${{ address: "#/verifier", text: say("station", { id: "check" }) }}
    left=${say("make-left-done")}
    page=${html`<aside class="stay stack far view" id="page" aria-label=${say("make-after")}>
      <section class="card" aria-labelledby="after">
        <h2 id="after">${say("make-after")}</h2>
        <ul class="stack above-less">
          <li><button class="link" type="button" onclick=${() => put({ making: null })}>${say("make-more")}</button></li>
          <li>
            <button class="link" type="button" onclick=${pack}>${say("make-pack")}</button>
            <p class="hint" role="status">${sent ? say("make-packed", { file: sent }) : say("make-pack-text")}</p>
          </li>
          <li><a href="#/pages">${say("make-poster")}</a></li>
        </ul>
      </section>
      <section class="card" aria-labelledby="keep">
        <h2 id="keep">${say("make-list")}</h2>
        <p class="small mute">${say("make-list-kept")}</p>
        <button class="btn small above-less" type="button" onclick=${() => setErasing(true)}>
          <${Icon} name="bin" />${say("make-erase")}
        </button>
      </section>
      ${erasing && html`<${Erase} close=${() => setErasing(false)} />`}
    </aside>`}
  >
    <div class="stack far">
      <${MadeFiles} files=${made.files} folder=${campaign?.outputs ?? ""} />
      ${made.waiting > 0 && html`<div class="note warn">
        <${Icon} name="alert" />
        <div>
          <h2>${say("make-not-made", { schools: made.waiting })}</h2>
          <div class="ways"><a class="btn small" href="#/liste/cases?show=twice">${say("cells-choose-row")}</a></div>
        </div>
      </div>`}
      ${faults.length > 0 && html`<details class="card folded" open=${faults.length <= OPEN}>
        <summary><${Icon} name="open" />${say("make-to-look-at", { points: faults.length })}</summary>
        <div class="stack above-less">
          ${faults.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} taken=${accepted(fault)} />`)}
        </div>
      </details>`}
      <section class="card" aria-labelledby="print">
        <div class="row between">
          <h2 id="print">${say("make-before", { copies: plan?.copies ?? 0 })}</h2>
          <button class="btn first" type="button" onclick=${printTestSheet} title="Ctrl+P">
            <${Icon} name="printer" />${say("make-test")}
          </button>
        </div>
        <div class="above-less"><${How} drawings=${["scale", "edge", "trial"]} steps=${sayRows("make-how")} /></div>
      </section>
    </div>
  <//>`;
}

/**
 * Returns what takes a warning away once somebody has said that it is right.
 * @param {Fault} fault
 */
export const accepted = (fault) => (/** @type {Way} */ way) => {
  const { making } = state;
  if (way.call !== "accept" || !making?.made) return;
  const faults = making.made.faults.filter((other) => other !== fault);
  put({ making: { ...making, made: { ...making.made, faults } } });
};

/** @param {{files: MadeFile[], folder: string}} props */
export function MadeFiles({ files, folder }) {
  const plan = useLoaded("plan").value;
  const shown = files.slice(0, 12);
  const [notShown, setNotShown] = useState("");
  const openFolder = async () => {
    const opened = await engine.call("openFolder");
    setNotShown(opened.shown ? "" : opened.folder);
  };
  const renamed = shown.some((file) => nameFor(file, plan) !== nameOf(file.path));
  /** @param {MadeFile} file */
  const counted = ({ output, count }) => {
    if (!count) return "";
    return output === "zip" || output === "files" ? say("make-count-files", { files: count }) : say("n-schools", { schools: count });
  };
  /** @type {Map<string, MadeFile[]>} files of one kind: a list as PDF and for a spreadsheet */
  const kinds = new Map();
  for (const file of shown) kinds.set(file.text, [...(kinds.get(file.text) ?? []), file]);
  return html`<section class="card" aria-labelledby="files">
    <div class="row between">
      <h2 id="files">${say("make-files")}</h2>
      ${
        engine.hasFolder &&
        html`<button class="btn" type="button" onclick=${openFolder}><${Icon} name="folder" />${say("make-open-folder")}</button>`
      }
    </div>
    <p class="small mute" role="status">${notShown && say("make-also-in", { folder: place(notShown, 9) })}</p>
    <ul class="files">
      ${[...kinds].map(([text, [first, ...others]]) => {
        if (!first) return null;
        const alike = [first, ...others];
        const isList = alike.some(({ path }) => path.endsWith(".csv"));
        return html`<li key=${first.path}>
          <${Icon} name=${isList ? "table" : (ICONS[first.output] ?? "sheet")} />
          <div>
            <b>${text}</b>
            ${alike.map((file) => html`<div class="small mute" key=${file.path}>
              ${[
                counted(file),
                file.path.endsWith("/") ? say("make-on-disk", { name: place(file.path) }) : nameFor(file, plan),
                file.bytes > 0 && size(file.bytes),
                engine.hasFolder && !file.path.endsWith("/") && nameFor(file, plan) !== nameOf(file.path) && say("make-on-disk", { name: nameOf(file.path) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </div>`)}
            ${first.hint && html`<div class="small">${first.hint}</div>`}
          </div>
          <div class="row">
            ${alike.map((file) => {
              const { path } = file;
              const name = nameFor(file, plan);
              return path.endsWith("/") && engine.hasFolder
                ? html`<span class="tag line" key=${path}><${Icon} name="folder" />${say("make-folder")}</span>`
                : html`<${FileLink} look="btn" key=${path} path=${path} name=${name}
                    ><${Icon} name="download" />${others.length ? kindOf(path) : say("make-save")}<span class="unseen">
                      ${" "}${name}</span><//
                  >`;
            })}
          </div>
        </li>`;
      })}
    </ul>
    ${files.length > shown.length &&
    html`<p class="small mute">${say("make-other-files", { count: files.length - shown.length })}</p>`}
    ${engine.hasFolder
      ? folder && html`<p class="small mute above-less">${renamed ? say("make-also-named", { folder: place(folder) }) : say("make-also-in", { folder: place(folder) })}</p>`
      : html`<p class="small above-less">${say("browser-save-now")}</p>`}
  </section>`;
}

/**
 * Returns what a file is called when it is saved. In the folder those of a print run keep the names that commands know.
 * @param {MadeFile} file
 * @param {Plan | undefined} plan
 */
function nameFor({ path, output }, plan) {
  const [name = "", document = ""] = path.split("/").reverse();
  const rest = name.match(/^(?:print-run|packing-list)-(.*)$/)?.[1];
  if (rest == null) {
    const own = NAMED.has(output) && say("make-saved-name", { output });
    const part = name.includes("-ligne-") ? say("make-saved-part") : "";
    return own && /\.(pdf|json)$/.test(path) ? `${own}${part}.${path.split(".").at(-1)}` : nameOf(path);
  }
  if (!plan) return nameOf(path);
  const base = say("make-saved-as", { output, copies: plan.copies });
  const alone = plan.documents.length === 1 && rest.startsWith(document);
  return alone ? base + rest.slice(document.length) : `${base}-${rest}`;
}

/** @param {string} path */
export const nameOf = (path) => path.split("/").filter(Boolean).at(-1) ?? path;

/** @param {string} path */
const kindOf = (path) =>
  path.endsWith(".csv") ? say("make-spreadsheet") : (path.split(".").at(-1) ?? "").toUpperCase();

/**
 * Returns where a folder is, as one says it: never with slashes.
 * @param {string} folder
 * @param {number} [parts] how many are said of its path, the last ones
 */
export const place = (folder, parts = 3) => folder.split(/[\\/]/).filter(Boolean).slice(-parts).join(" › ");

/** @param {{close: () => void, what?: "list" | "people"}} props */
export function Erase({ close, what = "list" }) {
  const [title, text, button] = sayLines("erase-words", { what });
  return html`<${Dialog}
    title=${title}
    onClose=${close}
    footer=${html`<button
        class="btn danger aside"
        type="button"
        onclick=${async () => {
          if ((await change("erase", { what })).done) dropMade();
          close();
          if (what === "people") go("#/cartes/noms");
        }}
      >
        <${Icon} name="bin" />${button}
      </button>
      <button class="btn first" type="button" data-first onclick=${close}>${say("keep")}</button>`}
  >
    <p>${text}</p>
  <//>`;
}
