// An answer that was refused: it stays in its field, with what is wrong, what is kept, and what can be done there.
/** @import { Refused, Way } from "../contract" */
/** @import { Outcome } from "../store.js" */
import { Icon } from "../icons.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";
import { Addressed } from "./address.js";
import { held, Told } from "./basics.js";
import { useDraft } from "./draft.js";
import { Ways } from "./fault.js";

const QUIET = 1800; // milliseconds without a key, after which nobody is in the middle of a word

/**
 * Holds what is typed as an answer. While somebody types, nothing is said of half a word; what has been said stays
 * until the answer is right.
 * @param {{key: string, refused: Refused | null}} answer
 * @param {string} value what the field shows unless something was refused
 * @param {(text: string) => Promise<Outcome>} send
 */
export function useAnswer({ key, refused }, value, send) {
  const last = useRef(""); // what was typed here: of what looks like a secret nothing is kept elsewhere
  const said = useRef(false);
  const timer = useRef(0);
  const [typing, setTyping] = useState(false);
  const [sent, setSent] = useState(false);
  const [understood, setUnderstood] = useState("");
  const { draft, typed, flush, show } = useDraft(
    refused ? (refused.value ?? last.current) : value,
    async (text) => {
      last.current = text;
      const outcome = await send(text);
      const answer = /** @type {import("../contract").Answer | undefined} */ (outcome.done?.answer);
      setSent(true);
      if (answer && !answer.refused) {
        setUnderstood(answer.value === text.trim() ? "" : answer.value);
        show(answer.value);
      }
      return outcome;
    },
    key,
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  said.current = refused != null && (said.current || !typing);
  const leave = () => {
    clearTimeout(timer.current);
    setTyping(false);
    flush();
  };
  const type = (/** @type {string} */ text) => {
    typed(text);
    setTyping(true);
    setUnderstood("");
    clearTimeout(timer.current);
    timer.current = window.setTimeout(setTyping, QUIET, false);
  };
  const shown = said.current ? refused : null;
  return {
    draft,
    typed: type,
    leave,
    /** The attributes of its field. @param {string} id @param {unknown} hint @param {unknown[]} [faults] @param {boolean} [isNoDay] */
    field: (id, hint, faults, isNoDay) => ({
      id,
      "data-field": key,
      "aria-describedby": describedBy(id, { hint, refused: shown, faults, isNoDay }),
      "aria-invalid": shown ? "true" : null,
      value: draft,
      oninput: held(type),
      onblur: leave,
    }),
    /** What is said of it now. */
    refused: shown,
    /** Whether it was refused here, and not before the page was opened. */
    sent,
    understood,
  };
}

/**
 * Returns what describes a field, by its id.
 * @param {string} id
 * @param {{hint?: unknown, refused: Refused | null, faults?: unknown[], isNoDay?: boolean}} what
 */
export const describedBy = (id, { hint, refused, faults = [], isNoDay }) =>
  [hint && `${id}-hint`, refused && `${id}-refused`, faults.length && `${id}-fault`, isNoDay && `${id}-no-day`]
    .filter(Boolean)
    .join(" ") || null;

/** Says beside the name of a question that what its field holds is not in the campaign. */
export const NotSaved = () => html`<span class="tag bad"><${Icon} name="cross" />${say("question-not-saved")}</span>`;

/**
 * @param {{id: string, field: string, refused: Refused | null, kept: string, back?: string, sent: boolean}} props
 *   kept: what the campaign has; back: what the field has again if somebody gives up, if that is something else
 */
export function RefusedNote({ id, field, refused, kept, back = kept, sent }) {
  if (!refused) return null;
  const { faults } = refused;
  const ways = faults.flatMap((fault) => fault.ways).filter((way) => way.at?.field !== field);
  /** @type {Way} */
  const up = {
    text: back ? say("question-back-to", { kept: short(back) }) : say("question-leave"),
    call: "dropRefusal",
    args: { key: field },
  };
  return html`<div id=${`${id}-refused`} role=${sent ? "alert" : null}>
      ${faults.map(({ text }) => html`<${Told} look="fault" key=${text}><${Addressed} text=${text} /><//>`)}
      <${Ways} ways=${ways.filter((way) => !way.call && !way.at)} said="small" />
    </div>
    <${Ways} ways=${[...ways.filter((way) => way.call || way.at), up]} />
    <${Told} look="kept" icon="lock">
      ${kept ? [say("question-still-kept"), html` <b><${Addressed} text=${kept} /></b>`] : say("question-kept-nothing")}
    <//>`;
}

const SHORT = 28; // signs of a button

/** Returns what fits on a button: of an address, its site. @param {string} text */
function short(text) {
  const shown = text.replace(/^https?:\/\//, "").replace(/\/$/, "");
  return shown.length > SHORT ? `${shown.slice(0, SHORT - 1).trimEnd()}…` : shown;
}
