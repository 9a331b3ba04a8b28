// The real page as a picture, with its places: blanks are hatched, the field in use is framed.
/** @import { Finding, Picture, PictureArgs, Zone } from "../contract" */
/** @import { Child } from "../vendor/htm-preact.js" */
/** @import { Attributes } from "./basics.js" */
import { fieldElement, focusOn } from "../actions.js";
import { go } from "../router.js";
import { useLoaded } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { decimal, say } from "../words.js";
import { Button, Segments } from "./basics.js";
import { Dialog } from "./dialog.js";
import { LOOK } from "./fault.js";

/**
 * Asks for a picture, and keeps the one before in sight until it is there.
 * @param {PictureArgs} args
 * @returns {{picture: Picture | undefined, redrawing: boolean}} redrawing: it is the one before
 */
export function usePictureState(args) {
  const { value, fresh } = useLoaded("picture", /** @type {Record<string, unknown>} */ (args));
  const last = useRef(/** @type {Picture | undefined} */ (undefined));
  if (value) last.current = value;
  return { picture: value ?? last.current, redrawing: !fresh };
}

/** @param {PictureArgs} args */
export const usePicture = (args) => usePictureState(args).picture;

/** Asks for the pages of a document, the first six. @param {PictureArgs} args @returns {Picture[]} */
export function useSides(args) {
  const first = usePicture({ ...args, page: 1 });
  const others = [2, 3, 4, 5, 6].map((page) => usePicture({ ...args, page: Math.min(page, first?.pages ?? 1) }));
  return [first, ...others].flatMap((side, index) => (side?.page === index + 1 ? side : []));
}

/** What is seen where something else is: the legal line has the publisher's name, too. */
const SEEN_WITH = {
  "publisher.address": ["publisher.name", "publisher.contact"],
  "publisher.message.text": ["publisher.message.title"],
  "vote.opens_on": ["vote.closes_on", "vote.opens_at", "vote.closes_at"],
  school: ["uai", "name", "town", "copies"],
  "account.login": ["account.password", "notice.code_name"],
  steps: [
    ...["account.name", "account.challenge", "account.space", "notice.name", "notice.how", "notice.code_place"],
    ...["mail.delay_minutes", "mail.sender", "mail.button"],
  ],
};
const SEEN_AT = new Map(Object.entries(SEEN_WITH).flatMap(([zone, keys]) => keys.map((key) => [key, zone])));

/** Tells whether a zone is where a fact is seen. @param {Zone} zone @param {string | null} key */
const shows = (zone, key) => key != null && zone.key === (SEEN_AT.get(key) ?? key);

/** @param {Picture} picture */
const altOf = (picture) => say("page-alt", { side: sideName(picture.page, picture.pages), name: picture.name });

/** @param {number} page @param {number} pages */
export const sideName = (page, pages) => (pages === 2 ? say("page-side-name", { page }) : say("page-nth", { page }));

/**
 * @param {{picture: Picture | undefined, now?: string | null, proposed?: string[], zones?: boolean,
 *          redrawing?: boolean, write?: (key: string) => void, children?: Child}} props
 *   now: the key of the field in use
 *   write: opens the field of a sentence, if sentences can be written anew here
 *   proposed: the keys of what is drawn as an earlier election had it
 */
export function Page({ picture, now = null, proposed = [], zones = true, redrawing = false, write, children }) {
  if (!picture) return html`<div class="page tall waiting"></div>`;
  const { url, width, height } = picture;
  return html`<div class=${`page${height > width ? " tall" : ""}${redrawing ? " redrawing" : ""}`}>
    <img src=${url} width=${width} height=${height} alt=${altOf(picture)} />
    ${zones &&
    picture.zones.map((zone, index) => html`<${ZoneButton}
      key=${index}
      zone=${zone}
      now=${shows(zone, now)}
      proposed=${proposed.some((key) => shows(zone, key))}
      write=${write}
    />`)}
    ${children}
  </div>`;
}

/** @param {{zone: Zone, now: boolean, proposed: boolean, write?: (key: string) => void}} props */
function ZoneButton({ zone, now, proposed, write }) {
  const { key, label, word, x, y, w, h, state } = zone;
  const blank = state === "blank";
  const [known, setHere] = useState(true);
  useEffect(() => setHere(fieldElement(key) != null));
  const here = word ? write != null : known;
  if (!here && !blank && !now) return null;
  return html`<${Button}
    look=${`zone${blank ? " blank" : proposed ? " proposed" : ""}${now ? " now" : ""}${h < 4 || w < 20 ? " thin" : ""}`}
    style=${{ left: `${x}%`, top: `${y}%`, width: `${w}%`, height: `${h}%` }}
    tabindex=${here ? -1 : null}
    aria-label=${blank ? say("page-blank", { label }) : label}
    title=${label}
    run=${() => (word ? write?.(key) : here ? focusOn(fieldElement(key)) : go({ station: "election", field: key }))}
  >
    ${blank && h >= 4 && w >= 20 && html`<span>${say("page-short", { key: key.replaceAll(".", "-"), label })}</span>`}
  <//>`;
}

/** Returns how many hatched places one sees: one that lies within another is not seen. @param {Zone[]} zones */
function countHatched(zones) {
  const blank = zones.filter((zone) => zone.state === "blank");
  const isWithin = (/** @type {Zone} */ one, /** @type {Zone} */ other) =>
    one !== other && one.x >= other.x && one.y >= other.y && one.x + one.w <= other.x + other.w &&
    one.y + one.h <= other.y + other.h;
  return blank.filter((one) => !blank.some((other) => isWithin(one, other))).length;
}

/**
 * Shows both or all sides to choose from.
 * @param {{page: number, pages: number, choose: (page: number) => void, counts?: number[]}} props
 *   counts: of what is on each of them
 */
export function Sides({ page, pages, choose, counts = [] }) {
  if (pages < 2) return null;
  const named = (/** @type {number} */ nth) => [sideName(nth, pages), counts[nth - 1]].filter(Boolean).join("\u00a0");
  return html`<${Segments}
    label=${say("page-side")}
    items=${Array.from({ length: pages }, (_, index) => ({ id: index + 1, text: named(index + 1) }))}
    chosen=${page}
    choose=${choose}
  />`;
}

/**
 * What is beside a station: a page, or what else is made, with its title and what is said of it.
 * @param {Attributes & {title?: Child, aside?: Child, caption?: Child, noted?: Child, below?: Child, enlarge?: string,
 *         vast?: Omit<Parameters<typeof VastPage>[0], "close" | "picture"> & {picture: Picture | undefined}}} props
 *   aside: beside the title; noted: said behind the caption; below: what can be done with it; vast: what can be enlarged
 */
export function Desk({ title, aside, caption, noted, below, vast, enlarge = say("page-enlarge"), children, ...attributes }) {
  const [isVast, setVast] = useState(false);
  return html`<figure class="desk" ...${attributes}>
      ${title && html`<div class="top"><h2>${title}</h2>${aside}</div>`}
      ${children}
      <figcaption>
        <span>${caption}</span>
        ${noted && html`<span>${noted}</span>`}
        ${vast && html`<${Button} look="link" run=${() => setVast(true)}>${enlarge}<//>`}
      </figcaption>
      ${below}
    </figure>
    ${isVast && vast?.picture && html`<${VastPage} ...${vast} close=${() => setVast(false)} />`}`;
}

/**
 * The page beside a station: one document, the side that is looked at, and the field in use.
 * @param {{now?: string | null, proposed?: string[], of?: PictureArgs["of"], caption?: Child}} props
 */
export function PageBeside({ now = null, proposed, of = "first", caption }) {
  const [page, setPage] = useState(1);
  const { picture, redrawing } = usePictureState({ document: "", of, page, width: 900, view: "screen" });
  const blanks = countHatched(picture?.zones ?? []);
  return html`<${Desk}
    title=${say("page-now")}
    aside=${picture && html`<${Sides} page=${page} pages=${picture.pages} choose=${setPage} />`}
    caption=${caption ?? picture?.name}
    noted=${blanks > 0 && say("page-blanks", { count: blanks })}
    vast=${picture && { picture, of }}
  >
    <${Page} picture=${picture} now=${now} proposed=${proposed} redrawing=${redrawing} />
  <//>`;
}

/**
 * @param {{picture: Picture, of?: PictureArgs["of"], view?: PictureArgs["view"], alone?: number,
 *          close: () => void}} props
 */
function VastPage({ picture, of = "first", view = "screen", alone = 0, close }) {
  const [page, setPage] = useState(picture.page);
  const sharp = Math.min(MOST, 100 * Math.ceil((devicePixelRatio * Math.max(innerWidth, LEAST)) / 100));
  const { value } = useLoaded("picture", { document: picture.document, of, page, width: sharp, view, alone });
  return html`<${Dialog} title=${picture.name} vast onClose=${close}>
    <${Sides} page=${page} pages=${picture.pages} choose=${setPage} />
    <${Page} picture=${value ?? picture} zones=${false} />
  <//>`;
}

/** @param {Picture} picture */
export const upToDate = (picture) => say("page-up-to-date", { seconds: decimal(Math.max(0.1, picture.ms / 1000)) });

/**
 * Pins on a page: the number is that of the finding in the list. Pins of one place stack to the right.
 * @param {{picture: Picture, findings: {finding: Finding, nth: number}[], now: string,
 *          choose: (id: string) => void}} props
 */
export function PinnedPage({ picture, findings, now, choose }) {
  /** @type {Map<string, number>} */
  const stacked = new Map();
  const current = findings.find(({ finding }) => finding.id === now);
  const place = current && zoneOf(picture, current.finding);
  return html`<${Page} picture=${picture} zones=${false}>
    ${place && html`<span class=${`place ${LOOK[current.finding.severity]}`} style=${box(place)}></span>`}
    ${findings.map(({ finding, nth }) => {
      const zone = zoneOf(picture, finding);
      if (!zone) return null;
      const spot = `${Math.round(zone.x / 6)} ${Math.round(zone.y / 6)}`;
      const before = stacked.get(spot) ?? 0;
      stacked.set(spot, before + 1);
      const left = Math.min(94, Math.max(7, zone.x + Math.min(zone.w * 0.8, zone.w - 2) + before * 9));
      return html`<${Button}
        key=${finding.id}
        look=${`pin ${LOOK[finding.severity]}`}
        style=${{ left: `${left}%`, top: `${Math.max(8, zone.y + Math.min(zone.h * 0.4, 2))}%` }}
        data-pin=${finding.id}
        tabindex="-1"
        aria-label=${say("check-pin", { nth, text: finding.title })}
        aria-current=${finding.id === now ? "true" : null}
        run=${() => choose(finding.id)}
      >
        <span aria-hidden="true">${nth}</span>
      <//>`;
    })}
  <//>`;
}

/** Returns the place of a finding on a page, if it is there. @param {Picture} picture @param {Finding} finding */
export const zoneOf = (picture, finding) => picture.zones.find((zone) => shows(zone, finding.zone)) ?? null;

/** @param {{x: number, y: number, w: number, h: number}} zone */
export const box = ({ x, y, w, h }) => ({
  left: `${Math.max(0, x - 0.6)}%`,
  top: `${Math.max(0, y - 0.4)}%`,
  width: `${Math.min(100, w + 1.2)}%`,
  height: `${Math.min(100, h + 0.8)}%`,
});

/** The width of a page that is enlarged, at least, and of its picture, at most; in pixels. */
const [LEAST, MOST] = [756, 2400];

/** How much larger small print is at least; more would not fit on a phone. */
const ENLARGED = 2;

/** The place of a finding, enlarged. @param {{picture: Picture, zone: Zone, look: string, label: string}} props */
export function Loupe({ picture, zone, look, label }) {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const [wide, setWide] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWide(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = Math.max(wide * ENLARGED, Math.min(1800, wide / (Math.max(zone.w, 20) / 100)));
  const long = wide > 0 && (shown * zone.w) / 100 + 12 > wide; // the rest is seen by scrolling
  const tall = (shown * picture.height) / picture.width;
  const height = Math.min(220, Math.max(40, (tall * zone.h) / 100 + 16));
  return html`<div
    ref=${frame}
    class=${`loupe ${look}${long ? " long" : ""}`}
    role="img"
    aria-label=${label}
    tabindex=${long ? 0 : null}
    style=${{ height: `${height}px` }}
  >
    <img
      src=${picture.url}
      alt=""
      style=${{
        width: `${shown}px`,
        left: `${Math.min(0, 12 - (shown * zone.x) / 100)}px`,
        top: `${Math.min(0, height / 2 - (tall * (zone.y + zone.h / 2)) / 100)}px`,
      }}
    />
  </div>`;
}
