// L'élection: the answers of the notice, with the page beside them.
/** @import { Answer, Answers } from "../contract" */
import { Button, Folded, Note, Told } from "../components/basics.js";
import { isProposed, Origin, QuestionCard, Questions, useFocusWithin } from "../components/question.js";
import { PageBeside } from "../components/page.js";
import { Aside, View } from "../components/view.js";
import { change, useLoaded, useStore } from "../store.js";
import { html, useRef, useState } from "../vendor/htm-preact.js";
import { day, firstDay, hourWithin, say } from "../words.js";

/** @param {{route: import("../router.js").Route}} props */
export function Election({ route }) {
  const { campaign, elections } = useStore();
  const { value } = useLoaded("answers");
  const [used, setUsed] = useState(/** @type {string | null} */ (null));
  const groups = value?.groups ?? [];
  const answers = groups.flatMap((group) => group.items);
  const proposed = answers.filter(isProposed);
  const blank = answers.filter((answer) => answer.origin === "blank" && answer.required && !isProposed(answer));
  const folded = useFolded(answers);
  const earlier = elections.find(({ id }) => id !== campaign?.election);
  const title = elections.find(({ id }) => id === campaign?.election)?.title;
  const open = answers.filter(isOpen).length;
  const own = proposed.length ? open - proposed.length : 0;
  const from = proposed[0]?.like?.election;
  return html`<${View}
    title=${say("station", { id: "election" })}
    lead=${proposed.length && from
      ? say("election-lead-like", { count: proposed.length, year: from, blank: blank.length })
      : say("election-lead")}
    ready=${value != null}
    field=${route.at.get("field")}
    left=${value == null
      ? ""
      : open
        ? say("election-left-like", { answers: open, blank: blank.length, own })
        : say("election-left", { answers: blank.length })}
    next=${{ text: say("election-next"), address: "#/liste/fichier", first: true }}
    answers
    page=${html`<${Aside} label=${say("page-now")}><${PageBeside}
        now=${used}
        proposed=${proposed.map(({ key }) => key)}
        caption=${proposed.length ? say("election-ringed") : undefined}
    /><//>`}
  >
    <div class="stack far" onfocusout=${() => setUsed(null)}>
      ${blank.length > 0 && !proposed.length && earlier && html`<${Note}
        look="info"
        icon="undo"
        title=${say("election-like-title", { year: yearOf(earlier) })}
      >
        <p class="small">${say("election-like-text")}</p>
        <div class="row">
          <${Button} look="btn small" run=${() => change("like", { election: earlier.id })}>
            ${say("election-like-button", { year: yearOf(earlier) })}
          <//>
        </div>
      <//>`}
      ${groups.map((group) =>
        html`<${Group} key=${group.id} ...${{ group, folded, title }} sought=${route.at.get("field")} onUse=${setUsed} />`)}
      <${Rest} groups=${groups} folded=${folded} onUse=${setUsed} />
    </div>
  <//>`;
}

/** @param {Answer} answer that is to be compared with the notice, whoever gave it */
const isOpen = (answer) => isProposed(answer) || answer.isToCompare;

/** @param {{id: string, title: string}} election */
const yearOf = ({ id, title }) => id.match(/\d{4}/)?.[0] ?? title.match(/\d{4}/)?.[0] ?? title;

/** @typedef {Answers["groups"][0]} AnswerGroup */

/** Optional questions that stand among the others, for most sections answer them. */
const USUAL = new Set(["publisher.contact", "publisher.logo"]);

/**
 * Returns the questions that most leave blank. One that is answered there stays there, so that it does not move away
 * under somebody's hands; one that gets a proposal comes out, and stays out.
 * @param {Answer[]} answers
 */
function useFolded(answers) {
  const folded = useRef(/** @type {Set<string> | null} */ (null));
  const isLeft = (/** @type {Answer} */ { key, origin, faults, refused }) =>
    origin === "blank" && !faults.length && !refused && !USUAL.has(key) && !/^(vote|groups)\./.test(key);
  if (answers.length) folded.current ??= new Set(answers.filter(isLeft).map(({ key }) => key));
  for (const answer of answers) if (answer.required || isProposed(answer)) folded.current?.delete(answer.key);
  return folded.current ?? new Set();
}

/**
 * @param {{group: AnswerGroup, folded: Set<string>, title?: string, sought: string | null,
 *          onUse: (key: string) => void}} props
 */
function Group({ group, folded, title, sought, onUse }) {
  const { label, id } = group;
  const items = group.items.filter(({ key }) => !folded.has(key));
  if (!items.length) return null;
  if (id === "days") return html`<${Days} group=${group} title=${title} sought=${sought} onUse=${onUse} />`;
  const kept = items.filter(isProposed).map((answer) => answer.key);
  const typed = items.filter((answer) => answer.isToCompare && !answer.trial).map((answer) => answer.key);
  const [call, keys] = kept.length ? /** @type {const} */ (["keep", kept]) : /** @type {const} */ (["compare", typed]);
  const asked = group.items.filter((answer) => answer.required || answer.origin !== "blank" || isProposed(answer));
  const given = asked.filter((answer) => answer.origin !== "blank").length;
  const counted = [
    asked.length > 1 && say("election-count", { answers: given, of: asked.length }),
    kept.length > 0 && say("election-proposed", { count: kept.length }),
  ].filter(Boolean);
  const all = keys.length > 1 && html`<${Button} look="btn small" run=${() => void change(call, { keys })} icon="check">
    ${say("election-same-all", { count: keys.length })}<span class="unseen">, ${label}</span>
  <//>`;
  return html`<${QuestionCard} id=${`group-${id}`} title=${label} note=${counted.join(", ")} aside=${all}>
    <${Questions} items=${items} onUse=${onUse} />
  <//>`;
}

/**
 * Shows days and hours of the vote as one line, and their fields once somebody changes them.
 * @param {{group: AnswerGroup, title?: string, sought: string | null, onUse: (key: string) => void}} props
 */
function Days({ group, title, sought, onUse }) {
  const { items, label } = group;
  const [changing, setChanging] = useState(Boolean(sought?.startsWith("vote.")));
  const box = useFocusWithin(changing, !sought);
  const hasHours = ["vote.opens_at", "vote.closes_at"].every((key) => shownOf(items, key));
  const isKnown = ["vote.opens_on", "vote.closes_on"].every((key) => shownOf(items, key));
  const isWanted = (/** @type {Answer} */ one) => one.faults.length || one.refused || (one.required && !one.value);
  const hasFields = changing || !isKnown || items.some(isWanted);
  const count = items.filter(isOpen).length;
  return html`<${QuestionCard} id="group-days" title=${label} note=${count > 0 && say("election-proposed", { count })} box=${box}>
    ${hasFields
      ? html`<${Questions}
          items=${changing ? items : items.filter((one) => isWanted(one) || !one.key.includes("timezone"))}
          open=${changing && hasHours && !sought}
          onUse=${onUse}
        />`
      : html`<${Period} ...${{ items, title, label, onUse }} onChange=${() => setChanging(true)} />`}
  <//>`;
}

/** Returns an answer, or what is proposed for it. @param {Answer[]} items @param {string} key */
function shownOf(items, key) {
  const answer = items.find((one) => one.key === key);
  return answer?.value || answer?.like?.value || "";
}

/**
 * Says when one votes, in one line.
 * @param {{items: Answer[], title?: string, label: string, days?: boolean, onUse?: (key: string) => void,
 *          onChange: () => void}} props
 *   days: the hours are of no use here
 */
export function Period({ items, title, label, days = false, onUse, onChange }) {
  const proposed = days ? [] : items.filter(isProposed).map((answer) => answer.key);
  const typed = items.filter((answer) => answer.isToCompare).map((answer) => answer.key);
  const kept = proposed.length ? proposed : typed;
  const [from = "", to = ""] = ["vote.opens_on", "vote.closes_on"].map((key) => day(shownOf(items, key), true));
  const [opens = "", closes = ""] = ["vote.opens_at", "vote.closes_at"].map((key) => (days ? "" : shownOf(items, key)));
  const hours = Boolean(opens && closes);
  const others = items.filter(({ officially }) => officially);
  const own = hours && items.find(({ key, origin }) => key === "vote.opens_at" && origin !== items[0]?.origin)?.key;
  const shown = [others[0]?.key ?? "vote.opens_on", kept[0] ?? own];
  const origins = items.filter(({ key }) => shown.includes(key));
  return html`<div class="settled" onfocusin=${() => onUse?.("vote.opens_on")}>
    <div class="row between tight">
      <span class="label">${title}</span>
      <span class="row tight">${origins.map((answer) =>
        html`<${Origin} key=${answer.key} answer=${answer} isPart=${origins.length > 1} />`)}</span>
    </div>
    <div class=${kept.length ? null : "row between tight"}>
      <div>
        <p>
          ${say("election-period", {
            start: firstDay(from, to),
            to,
            opens: hours ? hourWithin(opens) : "",
            closes: hours ? hourWithin(closes) : "",
            zone: hours ? shownOf(items, "vote.timezone_label") : "",
          })}
        </p>
        ${others.length
          ? others.map((one) => html`<${Told} key=${one.key}>${one.officially}<//>`)
          : items[0]?.source && html`<p class="small mute">${items[0].source}</p>`}
      </div>
      <div class="ways">
        ${kept.length > 0 && html`<${Button}
          look="btn small"
          aria-label=${say("election-same-days", { count: kept.length })}
          run=${() => void change(proposed.length ? "keep" : "compare", { keys: kept })} icon="check"
        >
          ${say("question-same")}
        <//>`}
        <${Button}
          look="btn small quiet"
          data-field="vote.opens_on"
          aria-label=${say("election-change-days", { known: hours || days, label })}
          run=${onChange} icon="pencil"
        >
          ${hours || days ? say("question-change") : say("election-add-hours")}
        <//>
      </div>
    </div>
  </div>`;
}

/**
 * Keeps together, at the end, what most leave blank.
 * @param {{groups: AnswerGroup[], folded: Set<string>, onUse: (key: string) => void}} props
 */
function Rest({ groups, folded, onUse }) {
  const parts = groups
    .map((group) => ({ ...group, items: group.items.filter(({ key }) => folded.has(key)) }))
    .filter(({ items }) => items.length);
  const total = parts.reduce((sum, { items }) => sum + items.length, 0);
  if (!total) return null;
  const names = parts.map(({ id, label }) => say("election-rest-name", { id, label })).join(", ");
  return html`<${Folded}
    look="card folded questions"
    title=${html`<span class="what">${say("election-rest")} <span class="mute small">${names}</span></span>`}
    aside=${say("election-rest-count", { count: total })}
  >
    <div class="inside">
      ${parts.map(({ id, label, items }) => html`<h3 key=${id}>${label}</h3>
        <${Questions} items=${items} onUse=${onUse} />`)}
    </div>
  <//>`;
}
