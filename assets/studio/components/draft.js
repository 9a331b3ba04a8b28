// What is being typed: kept at once, sent after a pause, on leaving the field, and before anything else happens.
/** @import { Outcome } from "../store.js" */
import { Icon } from "../icons.js";
import { keepDraft, put, state } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";

const PAUSE = 700;
const STALE = "W201"; // the campaign was changed elsewhere, and is known as it is then

/**
 * Holds the text of a field between what the engine has and what is typed. A text that could not be kept for a reason
 * that is not its own is sent again with the next occasion.
 * @param {string} value
 * @param {(draft: string) => Promise<Outcome | undefined>} send
 * @param {string} [field] the key of what it holds, which is said not to be saved
 * @returns {{draft: string, typed: (text: string) => void, flush: () => void, show: (text: string) => void}}
 *   show: puts a text into the field that need not be sent, unless something else is being typed
 */
export function useDraft(value, send, field = "") {
  const [draft, setDraft] = useState(value);
  const latest = useRef({ draft: value, waiting: false, gone: false, timer: 0, send });
  latest.current.send = send;
  const flush = () => {
    const { current } = latest;
    clearTimeout(current.timer);
    if (!current.waiting) return;
    current.waiting = false;
    void current.send(current.draft).then((outcome) => {
      if (!outcome?.fault?.code.startsWith("W2")) return;
      if (!current.gone) {
        current.waiting = true;
        put({ unsaved: [...new Set([...state.unsaved, field])] });
      } else if (outcome.fault.code === STALE) void current.send(current.draft);
    });
  };
  const show = (/** @type {string} */ text) => {
    if (latest.current.waiting || text.trim() === latest.current.draft.trim()) return; // a line that was just begun
    latest.current.draft = text;
    setDraft(text);
  };
  useEffect(() => show(value), [value]);
  useEffect(() => {
    const forget = keepDraft(flush);
    return () => {
      latest.current.gone = true;
      flush();
      forget();
    };
  }, []);
  return {
    draft,
    flush,
    show,
    typed(text) {
      const { current } = latest;
      current.draft = text;
      current.waiting = true;
      setDraft(text);
      clearTimeout(current.timer);
      current.timer = window.setTimeout(flush, PAUSE);
    },
  };
}

/** Says beside a field that what it holds could not be saved, and what the campaign has. @param {{kept?: string}} props */
export const Unsaved = ({ kept = "" }) => html`<span class="tag warn"><${Icon} name="alert" />${say("question-unsaved", { kept })}</span>`;
