// Vérifier: what must be settled, what is worth a look, and where it is on the page.
/** @import { Finding, Verified } from "../contract" */
import { FaultNote, firstSentence, LOOK, Ways } from "../components/fault.js";
import { Loupe, PinnedPage, sideName, usePicture } from "../components/page.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { useLoaded, useStore } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";

/** @param {{route: import("../router.js").Route}} props */
export function Check({ route }) {
  const t = words().check;
  const { value, fault } = useLoaded("verify");
  const { findings = [], passed = [], counts = {} } = /** @type {Verified} */ (value ?? {});
  const errors = findings.filter((finding) => finding.severity === "error");
  const others = findings.filter((finding) => finding.severity !== "error");
  const ordered = [...errors, ...others].map((finding, index) => ({ finding, nth: index + 1 }));
  const [chosen, choose] = useState(route.at.get("zone") ?? "");
  const now = ordered.find(({ finding }) => finding.id === chosen) ?? ordered[0];

  const pick = (/** @type {string} */ id, /** @type {boolean} */ fromPin) => {
    choose(id);
    const selector = fromPin ? `[data-find="${CSS.escape(id)}"]` : `[data-pin="${CSS.escape(id)}"]`;
    requestAnimationFrame(() => {
      const element = document.querySelector(selector);
      element?.scrollIntoView({ block: "nearest", behavior: "smooth" });
      if (fromPin && element instanceof HTMLElement) element.querySelector("button")?.focus({ preventScroll: true });
    });
  };
  const checked = value != null;
  const shared = { ordered, now: now?.finding.id ?? "", pick };
  return html`<${View}
    title=${t.title}
    lead=${checked ? t.lead(errors.length, others.length) : t.reading}
    grid="duo half"
    ready=${checked}
    back=${{ address: "#/pages", text: words().pages.title }}
    left=${!checked ? "" : errors.length ? t.left(1) : others.length ? t.leftLook : t.leftNone}
    next=${!checked
      ? null
      : errors.length
        ? { text: t.nextError(1), run: () => pick(errors[0]?.id ?? "", true) }
        : { text: t.next, address: "#/fabriquer", first: true }}
    page=${html`<${Aside} label=${t.where}><${Where} now=${now} all=${ordered} pick=${pick} /><//>`}
  >
    <div class="stack">
      ${fault && html`<${FaultNote} fault=${fault} />`}
      ${checked &&
      !findings.length &&
      html`<div class="note good" role="status">
        <${Icon} name="shield" />
        <div>
          <h2>${t.good}</h2>
          <p>${t.goodText(number(counts.schools ?? 0), number(counts.codes ?? 0), counts)}</p>
        </div>
      </div>`}
      ${errors.length > 0 && html`<${Findings} id="errors" title=${t.errors} findings=${errors} ...${shared} first />`}
      ${others.length > 0 && html`<${Findings} id="looks" title=${t.looks} findings=${others} ...${shared} />`}
      ${passed.length > 0 &&
      html`<details class="card folded" open=${!findings.length}>
        <summary><${Icon} name="open" />${t.passed} <span class="mute small push">${t.passedCount(passed.length)}</span></summary>
        <ul class="ticks">
          ${passed.map((text) => html`<li key=${text}><${Icon} name="check" /><span>${text}</span></li>`)}
        </ul>
      </details>`}
    </div>
  <//>`;
}

/** @typedef {{finding: Finding, nth: number}} Numbered */

/**
 * @param {{id: string, title: string, findings: Finding[], ordered: Numbered[], now: string, first?: boolean,
 *          pick: (id: string, fromPin: boolean) => void}} props
 */
function Findings({ id, title, findings, ordered, now, first = false, pick }) {
  return html`<section class="sheet" aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    <ul>
      ${findings.map((finding, index) => {
        const nth = ordered.find((other) => other.finding === finding)?.nth ?? 0;
        const [what, why] = firstSentence(finding.text);
        return html`<li
          key=${finding.id}
          class=${finding.id === now ? "find now" : "find"}
          data-find=${finding.id}
          onfocusin=${() => finding.id !== now && pick(finding.id, false)}
        >
          <span class=${`nth ${LOOK[finding.severity]}`} aria-hidden="true">${nth}</span>
          <div>
            <h3>
              <button class="show" type="button" onclick=${() => pick(finding.id, false)}>
                <span class="unseen">${nth}. </span>${what}
              </button>
            </h3>
            <p>${why}${finding.count > 1 ? ` ${words().check.count(number(finding.count))}` : ""}</p>
            <${Ways} ways=${finding.ways} first=${first && index === 0} />
          </div>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** @param {{now: Numbered | undefined, all: Numbered[], pick: (id: string, fromPin: boolean) => void}} props */
function Where({ now, all, pick }) {
  const t = words().check;
  const document = now?.finding.document ?? "";
  const of = now?.finding.line ?? "first";
  const here = all.filter(({ finding }) => finding.document === document);
  const one = usePicture({ document, of, page: 1, width: 900, view: "screen" });
  const two = usePicture({ document, of, page: Math.max(2, now?.finding.page ?? 2), width: 900, view: "screen" });
  const both = one && one.pages > 1 && two && two.page > 1;
  const sides = [one, ...(both ? [two] : [])];
  const current = now?.finding.zone && sides.find((side) => side?.page === now.finding.page);
  const [what] = firstSentence(now?.finding.text ?? "");
  return html`<figure class="desk">
    <div class="top">
      <h2>${now ? t.where : t.page}</h2>
      <span class="small mute">${one?.name}</span>
    </div>
    <div class=${both ? "pair" : null}>
      ${sides.map(
        (side) =>
          side &&
          html`<div key=${side.page} aria-label=${sideName(side.page, side.pages)} role="group">
            <${PinnedPage}
              picture=${side}
              findings=${here.filter(({ finding }) => finding.page === side.page)}
              now=${now?.finding.id ?? ""}
              choose=${(/** @type {string} */ id) => pick(id, true)}
            />
          </div>`,
      )}
    </div>
    ${now &&
    now.finding.zone &&
    current &&
    html`<${Loupe}
      picture=${current}
      zone=${now.finding.zone}
      look=${LOOK[now.finding.severity]}
      label=${t.loupe(now.nth, what)}
    />`}
    <figcaption>
      <span>${here.some(({ finding }) => finding.zone) ? t.touch : ""}</span>
      <span>${t.points(all.length)}</span>
    </figcaption>
  </figure>`;
}
