// Les pages: document, look, colour and words, with the page of a real school beside them.
/** @import { Audience, Choices, DocumentChoice, List, Picture, PictureArgs, ThemeChoice, Word } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
import { fieldElement, focusOn } from "../actions.js";
import { Arrows, Button, Card, Folded, Note, Pick, Segments, Select, Told } from "../components/basics.js";
import { Shelf } from "../components/choice.js";
import { ColorCard } from "../components/color.js";
import { Unsaved } from "../components/draft.js";
import { FaultNote } from "../components/fault.js";
import { box, Desk, Page, Sides, upToDate, usePictureState } from "../components/page.js";
import { QuestionCard } from "../components/question.js";
import { describedBy, NotSaved, RefusedNote, useAnswer } from "../components/refused.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { change, engine, useLoaded, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { decimal, nameWithin, say } from "../words.js";
import { NotPrinted } from "./make.js";

/** @typedef {{document: string, of: PictureArgs["of"], page: number, view: "screen" | "copy"}} Seen */

const SCHOOLS = /** @type {const} */ (["first", "longest", "shortest"]);
/** The look that is meant for a copier. */
const COPIER = "grey";
const VIEWS = /** @type {const} */ (["screen", "copy"]);

/** @param {{route: import("../router.js").Route}} props */
export function Pages({ route }) {
  const line = Number(route.at.get("line")) || null;
  const { value: choices } = useLoaded("choices");
  const { value: list } = useLoaded("list");
  const { value: own } = useLoaded("words");
  const [used, setUsed] = useState(/** @type {string | null} */ (null));
  const [seen, setSeen] = useState(
    /** @type {Seen} */ ({ document: "", of: line ?? "first", page: 1, view: "screen" }),
  );
  const [painting, setPainting] = useState(false);
  const [writing, write] = useState(route.at.get("field") ?? "");
  useEffect(() => {
    if (line) setSeen((before) => ({ ...before, of: line }));
  }, [line]);
  const { documents = [], themes = [], color = "#1f3a93" } = /** @type {Choices} */ (choices ?? {});
  const chosen = documents.filter((document) => document.chosen);
  const shown = chosen.find((document) => document.id === seen.document) ?? chosen[0];
  const { picture, redrawing } = usePictureState({ ...seen, document: shown?.id ?? "", width: 1100 });
  const copier = shown?.theme === "default" ? themes.find(({ id }) => id === COPIER) : undefined;
  const takeLook = (/** @type {string} */ theme) =>
    change("choose", { documents: chosen.map((one) => ({ id: one.id, theme: one === shown ? theme : one.theme })) });
  const copied = () =>
    isCopied(picture) &&
    html`<${Copied} picture=${picture} better=${copier && { label: copier.label, take: () => takeLook(COPIER) }} />`;
  const ready = choices != null && own != null;
  return html`<${View}
    title=${say("station", { id: "pages" })}
    lead=${say("pages-lead")}
    grid="duo half"
    ready=${ready}
    field=${route.at.get("field")}
    back=${{ address: "#/liste", text: say("station", { id: "list" }) }}
    left=${list ? say("pages-left") : say("pages-left-sample")}
    next=${{ text: say("pages-next"), address: "#/verifier", first: true }}
    page=${html`<${Shown}
      ...${{ seen, setSeen, picture, redrawing, used, chosen, shown, write }}
      copied=${copied()}
      list=${list ?? null}
    />`}
  >
    <div class="stack" hidden=${!ready}>
      ${isCopied(picture) && html`<div class="beside-page">${copied()}</div>`}
      ${picture?.faults.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
      <${Documents}
        documents=${documents}
        every=${route.at.has("cartes")}
        folded=${painting}
        look=${(/** @type {string} */ document) => setSeen({ ...seen, document, page: 1 })}
      />
      ${shown && html`<${Looks} shown=${shown} several=${chosen.length > 1} themes=${themes} take=${takeLook} />`}
      ${choices && html`<${ColorCard} color=${color} open=${painting} setOpen=${setPainting} />`}
      <${OwnWords} ...${{ items: own?.items ?? [], picture, setUsed, writing, write }} />
    </div>
  <//>`;
}

/** @param {Picture | null | undefined} picture of which it is told whether it shows how codes fare on a photocopy */
const isCopied = (picture) => picture?.codesRead != null && picture.codes > 0;

/**
 * @typedef {{seen: Seen, setSeen: (seen: Seen) => void, picture: Picture | undefined, redrawing: boolean,
 *            used: string | null, chosen: DocumentChoice[], shown: DocumentChoice | undefined, list: List | null,
 *            write: (key: string) => void, copied: Child}} ShownProps
 */

/** @param {ShownProps} props the page of a school, and what is said of it */
function Shown(props) {
  const { seen, picture, redrawing, used, write, copied } = props;
  const walk = walkFrom(props);
  const isCopy = isCopied(picture);
  const longest = seen.of === "longest" && !redrawing ? (picture?.nameAt ?? null) : null;
  const { lines = 0, points = 0, usual = 0 } = longest ?? {};
  return html`<${Aside} label=${say("page-now")}>
    <${Desk}
      caption=${redrawing ? say("page-redrawing") : picture && stateOf(picture)}
      vast=${{ picture, of: seen.of, view: seen.view }}
      onkeydown=${(/** @type {KeyboardEvent} */ event) => {
        const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (way && event.target instanceof HTMLButtonElement) void walk(way);
      }}
    >
      <${Top} ...${props} walk=${walk} />
      <${Tools} ...${props} />
      ${longest && seen.view === "screen" && html`<${Told} look="ok fits" icon="check">
        ${say("pages-longest", { lines, points: decimal(points), usual: usual > points ? decimal(usual) : "" })}
      <//>`}
      ${copied && html`<div class="above-page">${copied}</div>`}
      <${Page} picture=${picture} now=${isCopy ? null : used} zones=${!isCopy} redrawing=${redrawing} write=${write}>
        ${longest && !isCopy && html`<span class="zone now" aria-hidden="true" style=${box(inset(longest))}></span>`}
      <//>
    <//>
    <${NotPrinted} />
  <//>`;
}

/** @param {ShownProps} props @returns {(way: number) => Promise<void>} shows the school before, -1, or the next one, 1 */
const walkFrom =
  ({ seen, setSeen, picture, list }) =>
  async (way) => {
    if (!picture?.line || !list) return;
    const next = await neighbour(typeof seen.of === "number" ? seen.of : picture.line, way);
    if (next) setSeen({ ...seen, of: next });
  };

/** @param {Picture} picture */
function stateOf(picture) {
  if (!isCopied(picture)) return [html`<${Icon} name="check" />`, ` ${upToDate(picture)}`];
  const { codesRead, codes } = picture;
  return [html`<${Icon} name=${signOf(picture)} />`, ` ${say("pages-codes-read", { read: codesRead ?? 0, codes })}`];
}

/** @param {ShownProps & {walk: (way: number) => void}} props whose page it is, and those beside it */
function Top({ seen, setSeen, picture, list, walk }) {
  const place = picture && (list ? say("pages-place", { nth: picture.index, of: picture.total }) : say("pages-sample"));
  return html`<div class="top one">
    <div>
      <h2 title=${picture?.name ?? null}>${picture?.name ?? say("station", { id: "pages" })}</h2>
      <p class="small mute" role="status">${place}</p>
    </div>
    <div class="row whole tight">
      ${picture && html`<${Sides}
        page=${seen.page}
        pages=${picture.pages}
        choose=${(/** @type {number} */ page) => setSeen({ ...seen, page })}
      />`}
      <${Arrows} labels=${[say("pages-previous"), say("pages-following")]} keys=${["←", "→"]} step=${walk} />
    </div>
  </div>`;
}

/** @param {ShownProps} props which page is shown, and how */
function Tools({ seen, setSeen, chosen, shown }) {
  return html`<div class="row tight tools-row">
    <${Segments}
      label=${say("pages-which")}
      items=${SCHOOLS.map((id) => ({ id, text: say("pages-school", { of: id }) }))}
      chosen=${seen.of}
      choose=${(/** @type {"first"} */ of) => setSeen({ ...seen, of })}
    />
    <${Segments}
      label=${say("pages-how")}
      items=${VIEWS.map((id) => ({ id, text: say("pages-view", { view: id }) }))}
      chosen=${seen.view}
      choose=${(/** @type {"screen"} */ view) => setSeen({ ...seen, view })}
    />
    ${chosen.length > 1 && html`<${Select}
      class="in flush auto"
      label=${say("pages-document")}
      chosen=${shown?.id ?? ""}
      items=${chosen.map(({ id, label }) => ({ value: id, text: label }))}
      choose=${(/** @type {string} */ document) => setSeen({ ...seen, document, page: 1 })}
    />`}
  </div>`;
}

/**
 * @param {{shown: DocumentChoice, several: boolean, themes: ThemeChoice[], take: (theme: string) => void}} props
 *   the looks of the document that is shown
 */
function Looks({ shown, several, themes, take }) {
  return html`<${Card} id="look" title=${several ? say("pages-look-of", { label: shown.label }) : say("pages-look")}>
    <fieldset class="above-less">
      <legend class="unseen">${say("pages-look")}</legend>
      <${Shelf}
        name="look"
        items=${themes
          .filter(({ id }) => !shown.refused.includes(id))
          .map((one) => ({ ...one, chosen: one.id === shown.theme, picture: { document: shown.id, theme: one.id } }))}
        choose=${take}
      />
    </fieldset>
  <//>`;
}

/**
 * @param {{items: Word[], picture: Picture | undefined, setUsed: (key: string) => void, writing: string,
 *          write: (key: string) => void}} props writing: the sentence of the page that is written anew
 */
function OwnWords({ items, picture, setUsed, writing, write }) {
  const loginLine = useRef(false);
  if (picture?.hasLoginLine != null) loginLine.current = picture.hasLoginLine;
  const sentences = new Map(picture?.zones.flatMap(({ word }) => (word ? [[word.key, word]] : [])));
  const known = new Map([...sentences, ...items.map((word) => /** @type {const} */ ([word.key, word]))]);
  const seen = [...sentences.keys(), ...known.keys()].find((key) => fieldFor("", key) === fieldFor("", writing));
  const alike = items.some(({ key }) => key === writing) ? undefined : known.get(seen ?? "");
  const begun = alike && { ...alike, key: writing, label: say("pages-sentence"), refused: null };
  const shown = begun ? [...items, begun] : items;
  const isOpen = shown.some(({ key }) => key === writing);
  useEffect(() => void (isOpen && focusOn(fieldElement(writing))), [writing, isOpen]);
  return html`<${QuestionCard} id="own-words" title=${say("pages-words")} note=${say("pages-words-text")}>
    ${shown.map((word) => html`<${OwnWord}
      key=${word.key}
      word=${word}
      added=${word.key === "memo.lines" && loginLine.current}
      set=${picture?.setOn[word.key]}
      line=${picture?.line ?? 0}
      write=${write}
      onUse=${() => setUsed(word.key)}
    />`)}
    ${sentences.size > 0 && html`<${Folded} title=${say("pages-sentences", { count: sentences.size })}>
      <p class="mute small above-less">${say("pages-sentences-text")}</p>
      <ul class="above-less">
        ${[...sentences.values()].map(({ key, text }) => html`<li key=${key}>
          <${Button} look="link" run=${() => write(key)}>${text.replaceAll("*", "")}<//>
        </li>`)}
      </ul>
    <//>`}
  <//>`;
}

/** Finds the next row of the list that a page is made for. @param {number} line @param {number} way 1 or -1 */
async function neighbour(line, way) {
  const { rows } = await engine.call("rows", { show: "all", near: line, from: way > 0 ? 0 : -40, count: 41 });
  const made = rows.filter(({ state }) => ["ready", "look", "elsewhere"].includes(state));
  return way > 0 ? made.find((row) => row.line > line)?.line : made.findLast((row) => row.line < line)?.line;
}

/** How many documents are seen at first, beside those that are chosen. */
const USUAL = 4;

/**
 * @param {{documents: Choices["documents"], every: boolean, folded: boolean, look: (id: string) => void}} props
 *   folded: something else is being chosen, and the documents are one line
 */
function Documents({ documents, every, folded, look }) {
  const [all, setAll] = useState(every);
  const [opened, setOpened] = useState(false);
  const usual = documents.filter(({ chosen }, index) => chosen || index < USUAL);
  const others = documents.filter((document) => !usual.includes(document));
  const chosen = documents.filter((document) => document.chosen);
  const [wanted, setSeveral] = useState(false);
  const several = wanted || chosen.length > 1;
  const choose = (/** @type {string} */ id) => {
    const keep = several ? chosen.filter((document) => document.id !== id) : [];
    const added = documents.find((document) => document.id === id && !(several && document.chosen));
    const next = added ? [...keep, added] : keep;
    if (!next.length) return;
    void change("choose", { documents: next.map(({ id, theme }) => ({ id, theme })) });
    look(added?.id ?? "");
  };
  const showAll = () => {
    setAll(true);
    requestAnimationFrame(() => focusOn(document.querySelector(`[name=document][value="${others[0]?.id}"]`)));
  };
  const inside = html`<fieldset class="above-less">
      <legend class="unseen">${say("pages-document")}</legend>
      <${Shelf}
        name="document"
        several=${several}
        items=${(all ? documents : usual).map((one) =>
          ({ ...one, picture: { document: one.id, ...(one.theme ? { theme: one.theme } : {}) } }))}
        choose=${choose}
      />
    </fieldset>
    ${!all && others.length > 0 && html`<${Button} look="link small above-less" run=${showAll}>
      ${say("pages-others", { count: others.length, labels: others.map(({ label }) => nameWithin(label)).join(", ") })}
    <//>`}
    ${documents.length > 1 && chosen.length < 2 && html`<${Pick}
      checked=${several}
      onchange=${(/** @type {any} */ event) => setSeveral(event.currentTarget.checked)}
      >${say("pages-several")}<//>`}`;
  if (folded)
    return html`<${Folded}
      look="card folded"
      title=${say("pages-document")}
      aside=${chosen.map(({ label, note }) => `${label}, ${note}`).join(" · ")}
      ontoggle=${(/** @type {any} */ event) => setOpened(event.currentTarget.open)}
      >${opened && inside}<//>`;
  return html`<${Card} id="document" title=${say("pages-document")}>${inside}<//>`;
}

/**
 * @param {{picture: Picture, better: {label: string, take: () => void} | undefined}} props
 *   picture: a photocopy, of which is said whether its codes can be read
 *   better: the look that is meant for a copier, if it has another one
 */
function Copied({ picture, better }) {
  const { codes } = picture;
  const read = picture.codesRead ?? 0;
  return html`<${Note}
    look=${read < codes ? "warn thin" : "good thin"}
    icon=${signOf(picture)}
    title=${say("pages-copied", { lost: codes - read, codes })}
  >
    <p class="small wide">
      ${say("pages-copied-text", { codes })}${" "}
      ${better && html`<${Button} look="link" run=${better.take}>${say("pages-take-look", { label: better.label })}<//>`}
    </p>
  <//>`;
}

/**
 * Returns a place within the paper: a strip across the page is framed inside of its edges.
 * @param {{x: number, y: number, w: number, h: number}} place
 */
const inset = ({ x, y, w, h }) => ({ x: Math.max(x, 2.5), y: y + 0.4, w: Math.min(w, 95), h: h - 0.8 });

/** @param {Picture} picture a photocopy */
const signOf = ({ codesRead, codes }) => ((codesRead ?? 0) < codes ? "alert" : "check");

/** What stands before the field of a sentence that is not for all. */
const OF_GROUP = /^groups\.[\w-]+\.(?=words\.)/;

/** Returns the field that a sentence has for other schools. @param {string} at before it @param {string} key */
const fieldFor = (at, key) => at + key.replace(OF_GROUP, "");

/**
 * Asks for whom a sentence is written.
 * @param {{word: Word, audiences: Audience[], write: (key: string) => void}} props
 */
const ForWhom = ({ word, audiences, write }) =>
  html`<p class="row tight above-less">
    <span aria-hidden="true">${say("pages-for-whom")}</span>
    <${Select}
      class="in flush auto"
      label=${say("pages-for-whom")}
      chosen=${word.key.match(OF_GROUP)?.[0] ?? ""}
      items=${audiences.map(({ at, text }) => ({ value: at, text }))}
      choose=${(/** @type {string} */ at) => write(fieldFor(at, word.key))}
    />
  </p>`;

/**
 * @param {{word: Word, added: boolean, set: number | undefined, line: number, onUse: () => void,
 *          write: (key: string) => void}} props
 *   added: a line that nobody wrote is printed, too; set: on how many lines the page has it
 *   line: the row of the school whose page is shown; write: opens the field of a sentence
 */
function OwnWord({ word, added, set, line, onUse, write }) {
  const { key, label, hint, text, lines, proposed, columns, refused: refusal } = word;
  const unsaved = useStore().unsaved.includes(key);
  const isSentence = fieldFor("", key).startsWith("words.");
  const { value: found } = useLoaded("audiences", { line: isSentence ? line : 0 });
  const audiences = found?.items ?? [];
  const where = audiences.find(({ at }) => fieldFor(at, key) === key)?.where ?? "";
  const send = (/** @type {string} */ value) => change("word", { key, text: value, where });
  const { draft, typed, field, refused, sent } = useAnswer(word, text, send);
  const id = `word-${key}`;
  const used = draft ? (key === "memo.lines" ? draft.split("\n").length : set) : 0;
  return html`<div class=${refusal ? "refused" : null} onfocusin=${onUse}>
    <label for=${id}>${label}${" "}
      ${unsaved || refusal
        ? html`<${unsaved ? Unsaved : NotSaved} />`
        : html`<span class=${proposed && draft === text ? "tag line" : "count"} id=${`${id}-count`}
            >${proposed && draft === text
              ? say("pages-proposed")
              : used != null && say("pages-lines", { rows: used, added })}</span
          >`}</label>
    ${audiences.length > 1 && audiences.some(({ at }) => fieldFor(at, key) === key) &&
    html`<${ForWhom} ...${{ word, audiences, write }} />`}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    <textarea
      class="in"
      rows=${Math.max(1, Math.min(lines, 6))}
      ...${field(id, hint)}
      aria-describedby=${[refusal ? "" : `${id}-count`, describedBy(id, { hint, refused })].join(" ").trim()}
    ></textarea>
    ${columns.length > 0 && html`<${Select}
      class="in above-less"
      label=${say("pages-column")}
      chosen=""
      items=${[{ value: "", text: say("pages-column") }, ...columns.map((name) => ({ value: name, text: name }))]}
      choose=${(/** @type {string} */ name) => {
        typed(`${draft.trim()} {${name}}`);
        focusOn(fieldElement(key));
      }}
    />`}
    <${RefusedNote} id=${id} field=${key} refused=${refused} sent=${sent} kept=${text.replaceAll("\n", ", ")} />
  </div>`;
}
