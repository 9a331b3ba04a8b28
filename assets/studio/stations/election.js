// L'élection: the answers of the notice, with the page beside them.
/** @import { Answer, Answers } from "../contract" */
import { isProposed, Questions } from "../components/question.js";
import { PageBeside } from "../components/page.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { change, useLoaded, useStore } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { words } from "../words.js";

/** @param {{route: import("../router.js").Route}} props */
export function Election({ route }) {
  const t = words().election;
  const { campaign, elections } = useStore();
  const { value } = useLoaded("answers");
  const [used, setUsed] = useState(/** @type {string | null} */ (null));
  const groups = /** @type {Answers | undefined} */ (value)?.groups ?? [];
  const answers = groups.flatMap((group) => group.items);
  const proposed = answers.filter(isProposed);
  const blank = answers.filter((answer) => answer.origin === "blank" && answer.required && !isProposed(answer));
  const earlier = elections.find(({ id }) => id !== campaign?.election);
  const title = elections.find(({ id }) => id === campaign?.election)?.title;
  const from = proposed[0]?.like?.election;
  return html`<${View}
    title=${t.title}
    lead=${proposed.length && from ? t.leadLike(proposed.length, from) : t.lead}
    ready=${value != null}
    field=${route.at.get("field")}
    left=${proposed.length ? t.leftLike(proposed.length) : t.left(blank.length)}
    next=${{ text: t.next, address: "#/liste/fichier", first: true }}
    page=${html`<${Aside} label=${words().page.now}
      ><${PageBeside} now=${used} caption=${proposed.length && used ? t.ringed : undefined}
    /><//>`}
  >
    <div class="stack far">
      ${
        blank.length > 0 &&
        !proposed.length &&
        earlier &&
        html`<div class="note info">
          <${Icon} name="undo" />
          <div>
            <h2>${t.likeTitle(yearOf(earlier))}</h2>
            <p class="small">${t.likeText}</p>
            <div class="row">
              <button class="btn small" type="button" onclick=${() => change("like", { election: earlier.id })}>
                ${t.likeButton(yearOf(earlier))}
              </button>
            </div>
          </div>
        </div>`
      }
      ${groups.map(
        (group, index) =>
          html`<${Group}
            key=${group.id}
            group=${group}
            title=${index === 0 ? title : undefined}
            first=${index === 0}
            onUse=${setUsed}
          />`,
      )}
    </div>
  <//>`;
}

/** @param {{id: string, title: string}} election */
const yearOf = ({ id, title }) => id.match(/\d{4}/)?.[0] ?? title.match(/\d{4}/)?.[0] ?? title;

/** Optional questions that stand among the others, for most sections answer them. */
const USUAL = new Set(["publisher.address", "publisher.contact", "publisher.logo"]);

/**
 * Returns the questions of a group that most leave blank. One that is answered there stays there, so that it does not
 * move away under somebody's hands; one that gets a proposal comes out, and stays out.
 * @param {Answer[]} items
 */
function useFolded(items) {
  const isLeft = (/** @type {Answer} */ { key, origin, faults }) =>
    origin === "blank" && !faults.length && !USUAL.has(key);
  const [folded] = useState(() => new Set(items.filter(isLeft).map(({ key }) => key)));
  for (const answer of items) if (answer.required || isProposed(answer)) folded.delete(answer.key);
  return folded;
}

/** @param {{group: Answers["groups"][0], title?: string, first: boolean, onUse: (key: string) => void}} props */
function Group({ group, title, first, onUse }) {
  const t = words().election;
  const { items, label, id } = group;
  const kept = items.filter(isProposed).map((answer) => answer.key);
  const proposed = kept.length;
  const asked = items.filter((answer) => answer.required || isProposed(answer));
  const given = asked.filter((answer) => answer.origin !== "blank").length;
  const open = first || proposed > 0 || items.some((answer) => answer.required || answer.faults.length);
  const [wasOpen] = useState(open);
  const count = t.count(given, asked.length, proposed, items.length - asked.length);
  const folded = useFolded(items);
  const rest = wasOpen ? items.filter(({ key }) => folded.has(key)) : [];
  const questions = html`<${Questions} items=${items.filter((answer) => !rest.includes(answer))} onUse=${onUse} />
    ${
      rest.length > 0 &&
      html`<details class="folded rest">
        <summary><${Icon} name="open" />${t.rest(rest.length)}</summary>
        <div class="inside"><${Questions} items=${rest} onUse=${onUse} /></div>
      </details>`
    }`;
  if (!wasOpen)
    return html`<details class="card folded questions" open=${open}>
      <summary><${Icon} name="open" />${label} <span class="mute small push">${count}</span></summary>
      <div class="inside">${questions}</div>
    </details>`;
  return html`<section class="card questions" aria-labelledby=${`group-${id}`}>
    <div class="row between tight">
      <div>
        <h2 id=${`group-${id}`}>${label}</h2>
        <p class="mute small">${count}</p>
      </div>
      ${
        proposed > 1 &&
        html`<button class="btn small" type="button" onclick=${() => void change("keep", { keys: kept })}>
          <${Icon} name="check" />${t.sameAll(proposed)}<span class="unseen">, ${label}</span>
        </button>`
      }
    </div>
    ${
      title &&
      html`<div>
        <div class="row between tight">
          <span class="label">${t.election}</span
          ><span class="tag good"><${Icon} name="check" />${words().question.official}</span>
        </div>
        <p>${title}</p>
      </div>`
    }
    ${questions}
  </section>`;
}
