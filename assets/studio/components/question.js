// A question: label, hint, field, and where the answer comes from.
/** @import { Answer, Fault } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { fieldElement, focusOn } from "../actions.js";
import { Icon } from "../icons.js";
import { change, settle, upload, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { day, say, sayLines } from "../words.js";
import { Url } from "./address.js";
import { Button, held, Select, Told } from "./basics.js";
import { Unsaved } from "./draft.js";
import { Drop, FileButton } from "./drop.js";
import { FaultNote, FieldFaults } from "./fault.js";
import { NotSaved, RefusedNote, useAnswer } from "./refused.js";

/** @param {Answer} answer */
export const isProposed = ({ like, origin }) => like != null && origin === "blank";

/** @param {{answer: Answer, isPart?: boolean}} props isPart: a line has this answer and hours of another origin */
export function Origin({ answer, isPart = false }) {
  const { key, origin, like } = answer;
  if (useStore().unsaved.includes(key)) return html`<${Unsaved} kept=${keptOf(answer).kept} />`;
  if (answer.refused) return html`<${NotSaved} />`;
  const what = !isPart ? "day" : key.endsWith("_at") ? "hours" : "zone";
  if (isProposed(answer) && like)
    return html`<span class="tag warn">${say("question-like", { what, year: like.election })}</span>`;
  if (origin === "blank")
    return answer.required
      ? html`<span class="tag line">${answer.isLegal ? say("question-legal") : say("question-blank")}</span>`
      : html`<span class="tag line">${say("question-optional")}</span>`;
  if (answer.isToCompare) return html`<span class="tag warn">${say("question-to-compare")}</span>`;
  if (origin === "received") return html`<span class="tag line">${say("question-received")}</span>`;
  const text = {
    official: isPart ? say("question-official-days") : say("question-official"),
    typed: say("question-typed"),
    compared: say("question-compared"),
  }[origin];
  const [look, icon] = answer.faults.length ? ["warn", "alert"] : ["good", "check"];
  return html`<span class=${`tag ${look}`}><${Icon} name=${icon} />${text}</span>`;
}

/** @param {Answer} answer */
const isShort = ({ kind }) => kind === "day" || kind === "time";

/** Puts two days or times that follow one another into one row. @param {Answer[]} items @returns {Answer[][]} */
function besideEachOther(items) {
  /** @type {Answer[][]} */
  const rows = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (isShort(item) && last?.length === 1 && last[0] && isShort(last[0])) last.push(item);
    else rows.push([item]);
  }
  return rows;
}

/** @param {string} key @returns {(fault: Fault) => Fault} leaves out the way to a field, for a fault that stands there */
const standingAt = (key) => (fault) => ({ ...fault, ways: fault.ways.filter((way) => way.at?.field !== key) });

/** @param {Answer} answer of which no fault is shown while it is blank */
const faultsOf = ({ key, origin, faults }) => (origin === "blank" ? [] : faults.map(standingAt(key)));

/** @param {boolean} changing @param {boolean} wanted @returns a box whose first field gets the focus once it is changed, if wanted */
export function useFocusWithin(changing, wanted) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (changing && wanted) box.current?.querySelector("input")?.focus();
  }, [changing]);
  return box;
}

/**
 * Questions that belong together.
 * @param {{id: string, title: string, note?: Child, aside?: Child, box?: ReturnType<typeof useFocusWithin>, children?: Child}} props
 *   note: what is said of them; aside: what answers all of them
 */
export const QuestionCard = ({ id, title, note, aside, box, children }) =>
  html`<section ref=${box} class="card questions" aria-labelledby=${id}>
    <div class="row between tight">
      <div>
        <h2 id=${id}>${title}</h2>
        ${note && html`<p class="mute small">${note}</p>`}
      </div>
      ${aside}
    </div>
    ${children}
  </section>`;

/** @param {{items: Answer[], open?: boolean, onUse?: (key: string) => void}} props open: official answers are fields */
export function Questions({ items, open = false, onUse }) {
  return html`${besideEachOther(items).map((row) => {
    const fields = row.map(
      (answer) => html`<${Question} key=${answer.key} answer=${answer} open=${open} onUse=${onUse} />`,
    );
    return row.length > 1 ? html`<div class="beside" key=${row[0]?.key}>${fields}</div>` : fields;
  })}`;
}

/** @param {{answer: Answer, open: boolean, onUse?: (key: string) => void}} props */
function Question({ answer, open, onUse }) {
  const { key, label, hint, kind, origin, faults, refused } = answer;
  const id = `answer-${key}`;
  const [changing, setChanging] = useState(open);
  const box = useFocusWithin(changing, !open);
  if (origin === "official" && !changing && !faults.length && !refused)
    return html`<${Settled} answer=${answer} onUse=${onUse} change=${() => setChanging(true)} />`;
  const own = kind === "picture" || kind === "steps";
  const look = refused ? "refused" : isProposed(answer) && !own ? "proposal" : null;
  return html`<div ref=${box} class=${look} onfocusin=${() => onUse?.(key)}>
    <div class="row between tight">
      ${own ? html`<span class="label" id=${id}>${label}</span>` : html`<label for=${id}>${label}</label>`}
      <${Origin} answer=${answer} />
    </div>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    <${FIELDS[kind] ?? Field} answer=${answer} id=${id} />
    ${answer.isOfficial && !faults.length && !refused &&
    html`<${Told} look="ok" icon="check">${say("question-government")}<//>`}
    ${answer.officially && !refused && html`<${Told}>${answer.officially}<//>
      <div class="ways">
        <${Button} look="btn small" run=${() => change("answer", { key, value: answer.official })}>
          ${say("question-back-to", { kept: kind === "day" ? day(answer.official, true) : answer.official })}
        <//>
      </div>`}
    ${origin === "compared" && !refused && html`<p class="small mute">${answer.source}</p>`}
    ${!refused && html`<${Proposal} answer=${answer} />`}
    ${!refused && answer.trial && html`<${Trial} answer=${answer} trial=${answer.trial} />`}
    <${FieldFaults} faults=${faultsOf(answer)} id=${`${id}-fault`} />
  </div>`;
}

/** The fields that are no line of text. @type {Partial<Record<Answer["kind"], typeof Field>>} */
const FIELDS = { picture: LogoField, steps: StepsField, color: ColorField };

const ONE_LINE = 44; // signs that can be read at once in a field; what is longer gets more lines

/**
 * Shows an official answer as text: nobody needs to type it again.
 * @param {{answer: Answer, onUse?: (key: string) => void, change: () => void}} props
 */
function Settled({ answer, onUse, change }) {
  const { key, label, kind, source, value } = answer;
  return html`<div class="settled" onfocusin=${() => onUse?.(key)}>
    <div class="row between tight"><span class="label">${label}</span><${Origin} answer=${answer} /></div>
    <div class="row between tight">
      <div>
        <p>${kind === "day" ? day(value, true) : value}</p>
        ${source && html`<p class="small mute">${source}</p>`}
      </div>
      <${Change} field=${key} label=${label} run=${change} />
    </div>
  </div>`;
}

/** @param {{answer: Answer, id: string}} props */
function Field({ answer, id }) {
  const { key, hint, kind, example, choices } = answer;
  const faults = faultsOf(answer);
  const { draft, typed, leave, field, refused, sent, understood } = useAnswer(answer, shownValue(answer), (text) =>
    change("answer", { key, value: (kind === "lines" ? text : text.replaceAll(/\s+/g, " ")).trim() }),
  );
  const isWrong = faults.some((fault) => fault.severity === "error");
  const [rows] = useState(kind === "lines" ? 2 : kind === "text" ? Math.ceil(draft.length / ONE_LINE) : 1);
  const isDay = kind === "day" && (draft === "" || /^\d{4}-\d\d-\d\d$/.test(draft));
  const [isNoDay, setNoDay] = useState(false); // of a day that is in no calendar browsers tell nothing, as of a blank
  const shared = { ...field(id, hint, faults, isNoDay), ...(isWrong ? { "aria-invalid": "true" } : {}) };
  const before = useRef("");
  const ofDay = isDay && {
    onfocus: () => void (before.current = draft),
    oninput: (/** @type {InputEvent} */ event) => isBad(event) || shared.oninput(event),
    onblur: (/** @type {FocusEvent} */ event) => {
      setNoDay(isBad(event));
      if (isBad(event)) typed((/** @type {HTMLInputElement} */ (event.target).value = before.current));
      leave();
    },
  };
  const choose = (/** @type {string} */ text) => {
    typed(text);
    leave();
  };
  return html`${
    kind === "choice"
      ? html`<${Select}
          id=${id}
          field=${key}
          chosen=${draft}
          items=${[...new Set(["", draft, ...choices])].map((text) => ({ value: text, text }))}
          choose=${choose}
        />`
      : rows > 1
      ? html`<textarea
          class="in"
          rows=${rows}
          placeholder=${example && say("question-example", { text: example })}
          autocomplete=${AUTOCOMPLETE[key]}
          ...${shared}
        ></textarea>`
      : html`<input
          class=${`in${kind === "address" ? " code" : ["time", "number"].includes(kind) ? " short" : kind === "day" ? " day" : ""}`}
          type=${isDay ? "date" : "text"}
          inputmode=${kind === "address" ? "url" : kind === "number" ? "numeric" : null}
          spellcheck=${kind === "address" ? "false" : null}
          autocomplete=${AUTOCOMPLETE[key] ?? "off"}
          placeholder=${example && (kind === "time" ? example : say("question-example", { text: example }))}
          onkeydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && leave()}
          ...${{ ...shared, ...ofDay }}
        />`
  }
  ${isNoDay && html`<${Told} look="fault" id=${`${id}-no-day`} role="alert">${say("question-no-day", { kept: draft ? "yes" : "" })}<//>`}
  ${isDay && draft && html`<p class="hint">${day(draft, true)}</p>`}
  ${understood && !isDay && html`<p class="hint" role="status">${say("question-understood", { value: understood })}</p>`}
  <${RefusedNote} id=${id} field=${key} refused=${refused} sent=${sent} ...${keptOf(answer)} />`;
}

/** Tells whether a field holds what its kind cannot be. @param {Event} event */
const isBad = ({ target }) => /** @type {HTMLInputElement} */ (target).validity.badInput;

/** Returns what the campaign has of an answer, and what its field goes back to. @param {Answer} answer */
function keptOf(answer) {
  const { kind, value } = answer;
  const read = (/** @type {string} */ text) =>
    kind === "day" && text ? day(text, true) : text.replaceAll("\n", ", ");
  return { kept: read(value), back: read(shownValue(answer)) };
}

/** Returns what a field shows at first: the answer, or what is proposed for it. @param {Answer} answer */
const shownValue = (answer) => (isProposed(answer) ? (answer.like?.value ?? "") : answer.value);

/** @param {{answer: Answer}} props */
function Proposal({ answer }) {
  const { key, label } = answer;
  const busy = useRef(false);
  const again = answer.isToCompare && !answer.trial;
  if (!isProposed(answer) && !again) return null;
  const same = async () => {
    if (busy.current) return;
    busy.current = true;
    await settle();
    await (again ? change("compare", { keys: [key] }) : change("keep", { key }));
    busy.current = false;
  };
  return html`<div class="ways">
    <${Button} look="btn small" aria-label=${say("question-same-this", { label })} run=${same} icon="check">
      ${say("question-same")}
    <//>
    ${!again && html`<${Button}
      look="btn small quiet"
      aria-label=${say("question-leave-this", { label })}
      run=${() => change("answer", { key, value: "" })}
    >
      ${say("question-leave")}
    <//>`}
  </div>`;
}

/**
 * Asks whether the portal that was typed is that of the notice: everybody will scan its code.
 * @param {{answer: Answer, trial: NonNullable<Answer["trial"]>}} props
 */
function Trial({ answer, trial }) {
  const [isLater, setLater] = useState(false);
  const { key, value } = answer;
  if (isLater)
    return html`<p class="small">
      ${say("trial-is-later")}${" "}<${Button} look="link" run=${() => setLater(false)}>${say("trial-now")}<//>
    </p>`;
  const no = async () => {
    await change("answer", { key, value: "" });
    focusOn(fieldElement(key));
  };
  return html`<section class="note warn above-less" aria-labelledby="trial">
    <div class="try">
      <figure><img src=${trial.code} width="200" height="200" alt=${say("addresses-code-alt", { url: value })} /></figure>
      <div>
        <h3 id="trial">${say("trial-title")}</h3>
        <p class="above-less"><${Url} url=${value} /></p>
        ${trial.doubts.map(({ code, text }) => html`<${Told} look="worry above-less" key=${code}>${text}<//>`)}
        <ol class="list above-less">${sayLines("trial-steps").map((step) => html`<li key=${step}>${step}</li>`)}</ol>
        <div class="row above-less">
          <${Button} run=${() => change("compare", { keys: [key] })} icon="check">${say("trial-yes")}<//>
          <${Button} run=${no}>${say("trial-no")}<//>
          <${Button} look="btn quiet" run=${() => setLater(true)}>${say("trial-later")}<//>
        </div>
      </div>
    </div>
  </section>`;
}

/** @type {Record<string, string>} */
const AUTOCOMPLETE = {
  "publisher.name": "organization",
  "publisher.address": "street-address",
  "publisher.contact": "email",
};

/** @param {{answer: Answer, id: string}} props */
function ColorField({ answer, id }) {
  const { key, example, hint } = answer;
  const { draft, typed, leave, field, refused, sent } = useAnswer(answer, shownValue(answer), (text) =>
    change("answer", { key, value: text.trim() }),
  );
  return html`<div class="row tight">
    <input
      class="in code short"
      placeholder=${example}
      spellcheck="false"
      autocomplete="off"
      ...${field(id, hint)}
      onkeydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && leave()}
    />
    <input
      class="in swatchbox"
      type="color"
      aria-label=${`${answer.label}, ${say("question-color-picker")}`}
      value=${/^#[0-9a-f]{6}$/i.test(draft) ? draft.toLowerCase() : "#1f3a93"}
      oninput=${held(typed)}
      onchange=${leave}
    />
  </div>
  <${RefusedNote} id=${id} field=${key} refused=${refused} sent=${sent} ...${keptOf(answer)} />`;
}

/** @param {{answer: Answer, id: string}} props */
function LogoField({ answer, id }) {
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const take = async (/** @type {File} */ file) => setFault((await upload("logo", file)).fault);
  const drop = () => {
    setFault(null); // that of another file
    return change("answer", { key: answer.key, value: "" });
  };
  return html`${fault && html`<${FaultNote} fault=${standingAt(answer.key)(fault)} class="above-less" />`}
    <div
      ondragover=${(/** @type {Event} */ event) => event.preventDefault()}
      ondrop=${(/** @type {DragEvent} */ event) => {
        const file = event.dataTransfer?.files[0];
        event.preventDefault();
        event.stopPropagation();
        if (file) void take(file);
      }}
    >
      <${Drop} icon="upload" over=${false} flat>
        <p class="small">
          ${answer.value
            ? html`<b>${answer.value.split("/").at(-1)}</b>`
            : html`${say("question-drop-logo")}<br /><span class="mute">${say("question-logo-kinds")}</span>`}
        </p>
        <div class="row tight">
          <${FileButton} id=${`${id}-file`} accept=".png,.jpg,.jpeg,.svg,.pdf" take=${take} field=${answer.key}
            >${answer.value ? say("choose-another") : say("question-choose-logo")}<span class="unseen">, ${answer.label}</span><//>
          ${answer.value && html`<${Button} look="btn quiet" run=${drop}>${say("question-remove")}<//>`}
        </div>
      <//>
    </div>`;
}

/** @param {{answer: Answer, id: string}} props */
function StepsField({ answer, id }) {
  const { key, label } = answer;
  const { draft, typed, leave, refused, sent } = useAnswer(answer, shownValue(answer), (text) =>
    change("answer", { key, value: text }),
  );
  const [begun, setBegun] = useState(false);
  const [editing, setEditing] = useState(false);
  const lines = draft || begun ? draft.split("\n") : [];
  const put = (/** @type {string[]} */ changed, now = true) => {
    typed(changed.join("\n"));
    if (now) leave();
    setBegun(changed.length > 0);
  };
  if (isProposed(answer) && !editing)
    return html`<ol class="list above-less" aria-labelledby=${id}>
        ${lines.map((line) => html`<li key=${line}>${line}</li>`)}
      </ol>
      <${Change} field=${key} label=${label} run=${() => setEditing(true)} />`;
  return html`<ol class="order" aria-labelledby=${id}>
      ${lines.map((_, index) => html`<${StepLine} key=${index} ...${{ answer, lines, index, put }} />`)}
    </ol>
    <${Button}
      look="btn small above-less"
      icon="plus"
      data-field=${lines.length ? null : key}
      run=${() => (lines.length ? put([...lines, ""], false) : setBegun(true))}
      >${lines.length ? say("question-add-line") : say("question-first-step")}<//>
    <${RefusedNote} id=${id} field=${key} refused=${refused} sent=${sent} ...${keptOf(answer)} />`;
}

/** @param {{field: string, label: string, run: () => void}} props */
const Change = ({ field, label, run }) =>
  html`<${Button}
    look="btn small quiet"
    icon="pencil"
    data-field=${field}
    aria-label=${say("question-change-this", { label })}
    run=${run}
    >${say("question-change")}<//>`;

/** @param {{answer: Answer, lines: string[], index: number, put: (lines: string[]) => void}} props one step of several */
function StepLine({ answer: { key, label, choices }, lines, index, put }) {
  const line = lines[index] ?? "";
  const said = line || String(index + 1);
  const up = () => put(lines.with(index, lines[index - 1] ?? "").with(index - 1, line));
  return html`<li>
    <span class="nth" aria-hidden="true">${index + 1}.</span>
    <${Select}
      field=${index === 0 ? key : undefined}
      label=${say("question-nth", { label, nth: index + 1 })}
      chosen=${line}
      items=${[...new Set(["", line, ...choices])].map((text) => ({ value: text, text }))}
      choose=${(/** @type {string} */ chosen) => put(lines.with(index, chosen))}
    />
    ${lines.length > 1 && html`<${Button}
      look="tool"
      icon="up"
      aria-label=${say("question-move-up", { line: said })}
      aria-disabled=${index === 0 ? "true" : null}
      run=${() => index > 0 && up()}
    />`}
    <${Button}
      look="tool"
      icon="cross"
      aria-label=${say("question-take-away", { line: said })}
      run=${() => put(lines.filter((_, other) => other !== index))}
    />
  </li>`;
}
