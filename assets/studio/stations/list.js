// La liste: four parts of one station. Here, the first: the file.
/** @import { Fault, List } from "../contract" */
import { Button, Card, Folded, held, Ticks } from "../components/basics.js";
import { Dialog } from "../components/dialog.js";
import { Drop, FileButton, LISTS, useDroppedFile, usePastedText } from "../components/drop.js";
import { FaultNote } from "../components/fault.js";
import { afterGiven, FileCard, isDecided, partsOf, wayOn } from "../components/list.js";
import { View } from "../components/view.js";
import { go } from "../router.js";
import { change, upload, useLoaded, useStore } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { say, sayRows } from "../words.js";
import { Addresses } from "./list-addresses.js";
import { Cells } from "./list-cells.js";
import { Changes } from "./list-changes.js";
import { Columns } from "./list-columns.js";
import { FirstRows, Sheets, useSheets } from "./list-sheets.js";

/** @param {{route: import("../router.js").Route}} props */
export function ListStation({ route }) {
  const { value: list, fresh } = useLoaded("list");
  if (list === undefined && !fresh) return html`<main id="work" tabindex="-1"></main>`;
  if (!list || route.part === "fichier") return html`<${FilePart} list=${list ?? null} />`;
  const part = { colonnes: Columns, changements: list.again && Changes, cases: list.isRead && Cells, adresses: Addresses }[route.part];
  if (!part) return html`<${list.again && isDecided(list) ? Changes : Columns} list=${list} route=${route} />`;
  return html`<${part} list=${list} route=${route} />`;
}

/** @param {{list: List | null}} props */
function FilePart({ list }) {
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [pasting, setPasting] = useState(/** @type {string | null} */ (null));
  const [reading, setReading] = useState(false);
  const { slow } = useStore();
  const after = (/** @type {import("../store.js").Outcome} */ outcome) => {
    setReading(false);
    setFault(outcome.fault);
    const given = /** @type {List | undefined} */ (outcome.done?.list);
    if (given) go(afterGiven(given));
  };
  const take = async (/** @type {File} */ file) => {
    setFault(null);
    setReading(true);
    after(await upload("list", file));
  };
  const paste = async (/** @type {string} */ text) => {
    setPasting(null);
    setReading(true);
    after(await change("paste", { text }, { quiet: true }));
  };
  const over = useDroppedFile(take);
  usePastedText(paste);
  const chosen = useSheets(list);
  const hasSheets = list != null && list.sheets.length > 1;
  const drop = html`<${DropList} list=${list} over=${over} take=${take} paste=${() => setPasting("")} />`;
  const left = hasSheets ? chosen.left : list ? say("list-left-file", { rows: list.lines }) : say("list-left");
  return html`<${View}
    title=${say("station", { id: "list" })}
    tab=${fault ? say("list-tab-refused") : say("station", { id: "list" })}
    lead=${hasSheets ? leadOf(list) : say("list-lead")}
    key=${list?.file}
    field=${hasSheets ? "sheets" : null}
    grid="duo slim"
    above=${hasSheets}
    page=${hasSheets && html`<${FirstRows} chosen=${chosen} />`}
    see=${false}
    beside=${partsOf(list, "fichier")}
    back=${{ address: "#/election", text: say("station", { id: "election" }) }}
    left=${reading && slow ? say("list-reading") : left}
    next=${hasSheets
      ? { text: chosen.text, first: true, run: () => void chosen.run(wayOn(list)) }
      : list
        ? { text: list.again ? say("list-next-changes") : say("list-next-columns"), address: wayOn(list), first: true }
        : { text: say("list-next-pages"), address: "#/pages" }}
  >
    <div class="stack far">
      ${fault && html`<${FaultNote} fault=${fault} />`}
      ${list && html`<${FileCard} list=${list} />`}
      ${hasSheets && html`<${Sheets} chosen=${chosen} />`}
      ${hasSheets ? html`<${Folded} look="card folded" title=${say("list-drop-other")}>${drop}<//>` : drop}
      ${!list && html`<${NoList} paste=${paste} />`}
    </div>
    ${pasting !== null && html`<${PasteDialog} close=${() => setPasting(null)} paste=${paste} />`}
  <//>`;
}

/** @param {List} list of a workbook of several sheets */
const leadOf = ({ sheets }) =>
  say("sheets-lead", { all: sheets.length, lists: sheets.filter(({ isList }) => isList).length });

/** @param {{list: List | null, over: boolean, take: (file: File) => void, paste: () => void}} props */
function DropList({ list, over, take, paste }) {
  const heading = list ? say("list-drop-other") : say("list-drop");
  return html`<${Drop} icon="table" over=${over} heading=${heading}>
    <h2>${heading}</h2>
    <p class="mute">${say("list-drop-text")}</p>
    <div class="row">
      <${FileButton} id="list-file" class=${list ? "btn big" : "btn first big"} accept=${LISTS} take=${take}>
        ${say("list-choose")}
      <//>
      <${Button} look="btn big" icon="paste" run=${paste}>${say("list-paste")}<//>
    </div>
  <//>`;
}

/** @param {{paste: (text: string) => void}} props for those who have no list yet */
const NoList = ({ paste }) =>
  html`<div class="row tall">
    <${Card} id="needed" title=${say("list-needed")}>
      <${Ticks}
        rows=${sayRows("list-needed-items").map(([what, how, code]) => [[what, code && html` <span class="code">${code}</span>`], how])}
      />
    <//>
    <${Card} id="none" title=${say("list-none")}>
      <ul class="stack above-less">
        <li><a href=${emptyTable()} download=${say("list-empty-name")}>${say("list-empty")}</a></li>
        <li><${Button} run=${() => paste(say("list-sample"))}>${say("list-try-sample")}<//></li>
      </ul>
      <p class="small mute above-less">${say("list-refused")}</p>
    <//>
  </div>`;

/** Returns the address of a table that has nothing but its header. */
const emptyTable = () => `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${say("list-empty-header")}\r\n`)}`;

/** @param {{close: () => void, paste: (text: string) => void}} props */
function PasteDialog({ close, paste }) {
  const [text, setText] = useState("");
  const [empty, setEmpty] = useState(false);
  return html`<${Dialog}
    title=${say("list-paste")}
    lead=${say("list-paste-lead")}
    onClose=${close}
    footer=${html`<${Button} run=${close}>${say("cancel")}<//>
      <${Button} look="btn first" run=${() => (text.trim() ? paste(text) : setEmpty(true))}>
        ${say("list-paste-read")}
      <//>`}
  >
    <label for="cells">${say("list-paste-label")}</label>
    <textarea
      class="in code"
      id="cells"
      rows="8"
      data-first
      value=${text}
      aria-describedby="cells-empty"
      oninput=${held(setText)}
    ></textarea>
    <p class=${empty ? "fault" : "hint"} id="cells-empty" role="status">${empty ? say("list-paste-empty") : say("list-paste-hint")}</p>
  <//>`;
}
