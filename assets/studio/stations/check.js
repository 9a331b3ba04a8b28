// Vérifier: what must be settled, what is worth a look, and where it is on the page.
/** @import { Finding, Verified } from "../contract" */
import { Addressed } from "../components/address.js";
import { Button, Folded, Note, Ticks } from "../components/basics.js";
import { FaultNote, LOOK, Ways } from "../components/fault.js";
import { Desk, Loupe, PinnedPage, Sides, sideName, useSides, zoneOf } from "../components/page.js";
import { Aside, View } from "../components/view.js";
import { change, useLoaded } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { joined, say } from "../words.js";

/** How many rows of a finding are named. */
const NAMED = 8;
/** How many rows that are left out are named. */
const FEW = 4;
/** How high a code is on its page, at least, in per cent: nobody reads it, and it need not be enlarged. */
const CODE = 6;

/** @type {Finding["state"][]} */
const STATES = ["settle", "mend", "look"];

/** @param {{route: import("../router.js").Route}} props */
export function Check({ route }) {
  const { value, fault } = useLoaded("verify");
  const { findings = [], accepted = [], passed = [], counts = null } = /** @type {Verified} */ (value ?? {});
  const groups = STATES.map((state) => findings.filter((one) => one.state === state));
  const [errors = [], mends = [], looks = []] = groups;
  const ordered = groups.flat().map((finding, index) => ({ finding, nth: index + 1 }));
  const named = new Map(mends.flatMap(({ lines, rows }) => lines.map((line, nth) => [line, rows[nth] ?? ""])));
  const without = [...named].sort(([one], [other]) => one - other).map(([, row]) => row);
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
  const titles = [say("check-errors"), say("check-mends"), say("check-looks")];
  const shared = { ordered, now: now?.finding.id ?? "", pick };
  const next = errors.length
    ? { text: say("check-next-error", { nth: 1 }), run: () => pick(errors[0]?.id ?? "", true) }
    : { text: say("check-next"), address: "#/fabriquer", first: true };
  return html`<${View}
    title=${say("station", { id: "check" })}
    lead=${checked ? leadOf(errors, mends, looks) : say("check-reading")}
    grid="duo half"
    ready=${checked}
    back=${{ address: "#/pages", text: say("station", { id: "pages" }) }}
    left=${checked ? leftOf(value, errors, without) : ""}
    next=${checked ? next : null}
    page=${html`<${Aside} label=${say("check-where")}><${Where} now=${now} all=${ordered} pick=${pick} /><//>`}
  >
    <div class="stack">
      ${fault && html`<${FaultNote} fault=${fault} />`}
      ${checked && !findings.length && html`<${Note}
        look="good"
        icon="shield"
        role="status"
        title=${accepted.length ? say("check-good-but") : say("check-good")}
      >
        <p>${say("check-good-text", { schools: counts?.ready ?? 0 })}</p>
      <//>`}
      ${groups.map((found, nth) => found.length > 0 && html`<${Findings}
        ...${{ ...shared, id: STATES[nth], title: titles[nth], findings: found, first: nth === 0 }}
      />`)}
      ${passed.length > 0 && html`<${Passed} passed=${passed} open=${!findings.length} />`}
      ${accepted.length > 0 &&
      html`<${Folded} look="card folded" title=${say("check-accepted", { count: accepted.length })}>
        <ul>${accepted.map((one) => html`<${Accepted} key=${one.id} ...${one} />`)}</ul>
      <//>`}
    </div>
  <//>`;
}

/**
 * Returns what is left to do.
 * @param {Verified} verified
 * @param {Finding[]} errors
 * @param {string[]} without rows that have no leaflet
 */
function leftOf({ findings, counts }, errors, without) {
  const count = without.length;
  const rest = count > 0 && say("check-without", { count, rows: joined(without), named: count <= FEW });
  if (errors.length) return [say("check-left", { count: errors.length }), rest].filter(Boolean).join(" ");
  const waiting = counts?.twice && say("schools-waiting", { schools: counts.twice });
  if (rest || waiting) return [rest, waiting].filter(Boolean).join(" ");
  return findings.length ? say("check-left-look") : say("check-left-none");
}

/** @param {{passed: Verified["passed"], open: boolean}} props what was checked and is right */
const Passed = ({ passed, open }) =>
  html`<${Folded}
    look="card folded"
    open=${open}
    title=${say("check-passed")}
    aside=${say("check-passed-count", { count: passed.length })}
  >
    <${Ticks} look="ticks" rows=${passed.map(({ text, figure }) => [text, figure])}>
      <li><span class="ring-dot" aria-hidden="true"></span><span>${say("check-codes")}</span></li>
    <//>
  <//>`;

/** @param {Finding[]} errors @param {Finding[]} mends @param {Finding[]} looks */
function leadOf(errors, mends, looks) {
  const others = [
    mends.length > 0 && say("check-lead-mends", { count: mends.length }),
    looks.length > 0 && say("check-lead-looks", { count: looks.length }),
  ].filter(Boolean);
  return say("check-lead", { errors: errors.length, others: others.join(", ") });
}

/** @param {{id: string, title: string}} props a finding that somebody said is right */
function Accepted({ id, title }) {
  return html`<li class="small mute above-less">
    <${Addressed} text=${`${title}.`} />${" "}
    <${Button}
      look="link"
      aria-label=${say("check-review-this", { title })}
      run=${() => change("accept", { id, right: false })}
    >
      ${say("check-review")}
    <//>
  </li>`;
}

/** Returns on which lines something was found, or how often. @param {Finding} finding */
function how({ lines, places, count, record }) {
  if (lines.length > 1) return say("check-lines", { lines: places, others: lines.length - Math.min(lines.length, NAMED) });
  if (lines.length) return "";
  return count > 1 ? say("check-count", { count, schools: record !== "" }) : "";
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
        const { title, why } = finding;
        return html`<li
          key=${finding.id}
          class=${finding.id === now ? "find now" : "find"}
          data-find=${finding.id}
          onfocusin=${() => finding.id !== now && pick(finding.id, false)}
        >
          <span class=${`nth ${LOOK[finding.severity]}`} aria-hidden="true">${nth}</span>
          <div>
            <h3>
              <${Button} look="show" run=${() => pick(finding.id, false)}>
                <span class="unseen">${nth}. </span><${Addressed} text=${title} />
              <//>
            </h3>
            <p class="wide"><${Addressed} text=${[why, how(finding)].filter(Boolean).join(" ")} /></p>
            <${Ways} ways=${finding.ways} first=${first && index === 0} />
          </div>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** @param {{now: Numbered | undefined, all: Numbered[], pick: (id: string, fromPin: boolean) => void}} props */
function Where({ now, all, pick }) {
  const { record = "", document = "" } = now?.finding ?? {};
  const sides = useSides({ document, width: 900, view: "screen", of: record || "first" });
  const [turned, setTurned] = useState({ id: "", page: 1 });
  /** @param {Numbered} numbered those of other schools or documents are on other pages */
  const sideOf = ({ finding }) =>
    ["", record].includes(finding.record) && ["", sides[0]?.document].includes(finding.document)
      ? sides.find((side) => zoneOf(side, finding))
      : undefined;
  const found = now && sideOf(now);
  const page = turned.id === now?.finding.id ? turned.page : (found?.page ?? 1);
  const side = sides[page - 1];
  const zone = now && found === side && side && zoneOf(side, now.finding);
  const elsewhere = all.filter((numbered) => !sideOf(numbered));
  const behind = sides.flatMap((other) => {
    const points = all.filter((numbered) => other !== side && sideOf(numbered) === other);
    const where = sideName(other.page, other.pages).toLowerCase();
    const named = points.map(({ nth }) => nth).join(", ");
    return points.length ? say("check-behind", { count: points.length, points: named, side: where }) : [];
  });
  return html`<${Desk}
    caption=${behind.join(" ") || (all.some(sideOf) ? say("check-touch") : "")}
    noted=${say("check-points", {
      count: all.length,
      points: all.length - elsewhere.length,
      others: elsewhere.length,
      listed: elsewhere.every(({ finding }) => finding.lines.length > 0),
    })}
  >
    <div class="top">
      <div>
        <h2>${now ? say("check-where") : say("check-page")}</h2>
        <p class="small mute">${side?.name}</p>
      </div>
      <${Sides}
        page=${page}
        pages=${sides.length}
        counts=${sides.map((one) => all.filter((numbered) => sideOf(numbered) === one).length)}
        choose=${(/** @type {number} */ to) => setTurned({ id: now?.finding.id ?? "", page: to })}
      />
    </div>
    ${side && html`<${PinnedPage}
      picture=${side}
      findings=${all.filter((numbered) => sideOf(numbered) === side)}
      now=${now?.finding.id ?? ""}
      choose=${(/** @type {string} */ id) => pick(id, true)}
    />`}
    ${now && zone && zone.h < 40 && !(zone.h > CODE && ["links.portal", "mailbox"].includes(zone.key)) &&
    html`<${Loupe}
      picture=${side}
      zone=${zone}
      look=${LOOK[now.finding.severity]}
      label=${say("check-loupe", { nth: now.nth, text: now.finding.title })}
    />`}
  <//>`;
}
