// The files that were made: what each is, how big, and what hands it over.
/** @import { MadeFile } from "../contract" */
/** @import { IconName } from "../icons.js" */
import { Icon } from "../icons.js";
import { engine, useLoaded } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { joined, nameOf, say, size } from "../words.js";
import { Button } from "./basics.js";
import { FileLink, place } from "./file.js";

/** @type {Record<string, IconName>} */
export const ICONS = {
  files: "folder",
  zip: "zip",
  copier: "printer",
  "print-run": "press",
  labels: "parcel",
  drafts: "mail",
  cards: "card",
};

const MOST = 12; // files that are shown

/** Opens the folder of what was made; where nothing can show it, says which one it is. */
export function OpenFolder() {
  const [notShown, setNotShown] = useState("");
  const open = async () => {
    const { shown, folder } = await engine.call("openFolder");
    setNotShown(shown ? "" : folder);
  };
  if (!engine.hasFolder) return null;
  return html`<div class="above-less">
    <${Button} icon="folder" run=${open}>${say("make-open-folder")}<//>
    <p class="small mute" role="status">${notShown && say("make-also-in", { folder: place(notShown, 9) })}</p>
  </div>`;
}

/** @param {{files: MadeFile[], folder: string}} props */
export function MadeFiles({ files, folder }) {
  const plan = useLoaded("plan").value;
  const shown = files.slice(0, MOST);
  const renamed = shown.some(({ path, name }) => name !== nameOf(path));
  /** @type {Map<string, MadeFile[]>} files of one kind: a list as PDF and for a spreadsheet */
  const kinds = new Map();
  for (const file of shown) kinds.set(file.text, [...(kinds.get(file.text) ?? []), file]);
  const where = renamed ? say("make-also-named", { folder: place(folder) }) : say("make-also-in", { folder: place(folder) });
  const isStale = (/** @type {MadeFile} */ { output }) => plan?.outputs.some(({ id, stale }) => id === output && stale);
  return html`<section class="card" aria-labelledby="files">
    <div class="row between">
      <h2 id="files">${say("make-files")}</h2>
      <${OpenFolder} />
    </div>
    <ul class="files">
      ${[...kinds.values()].map((alike) => html`<${Kind} key=${alike[0]?.path} alike=${alike} stale=${alike.some(isStale)} />`)}
    </ul>
    ${files.length > MOST && html`<p class="small mute">${say("make-other-files", { count: files.length - MOST })}</p>`}
    ${engine.hasFolder
      ? folder && html`<p class="small mute above-less">${where}</p>`
      : html`<p class="small above-less">${say("browser-save-now")}</p>`}
  </section>`;
}

/** @param {{alike: MadeFile[], stale: boolean}} props the files of one kind, in one row; stale: they are not to be printed */
function Kind({ alike, stale }) {
  const [first] = alike;
  const isList = alike.some(({ path }) => path.endsWith(".csv"));
  return first && html`<li>
    <${Icon} name=${isList ? "table" : (ICONS[first.output] ?? "sheet")} />
    <div>
      <b>${first.text}</b>
      ${stale && html`<div class="fault small">${say("make-stale")}</div>`}
      ${alike.map((file) => html`<div class="small mute" key=${file.path}>${factsOf(file)}</div>`)}
      ${first.hint && html`<div class="small">${first.hint}</div>`}
    </div>
    <div class="row">
      ${(stale ? [] : alike).map(({ path, name }) => {
        if (path.endsWith("/") && engine.hasFolder)
          return html`<span class="tag line" key=${path}><${Icon} name="folder" />${say("make-folder")}</span>`;
        return html`<${FileLink} look="btn" key=${path} path=${path} name=${name}>
          <${Icon} name="download" />${alike.length > 1 ? kindOf(path) : say("make-save")}<span class="unseen"> ${name}</span>
        <//>`;
      })}
    </div>
  </li>`;
}

/** @param {MadeFile} file @returns how much is in it, its name, its size, its name in the folder, and what of it is new */
function factsOf({ path, output, count, bytes, name, anew, again = [], removed = 0 }) {
  const isPdfs = output === "zip" || output === "files";
  return [
    count > 0 && (isPdfs ? say("make-count-files", { files: count }) : say("n-schools", { schools: count })),
    path.endsWith("/") ? say("make-on-disk", { name: place(path) }) : name,
    bytes > 0 && size(bytes),
    engine.hasFolder && !path.endsWith("/") && name !== nameOf(path) && say("make-on-disk", { name: nameOf(path) }),
    anew != null && say("make-anew", { count: anew, names: joined(again) }),
    removed > 0 && say("make-removed", { count: removed }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {string} path */
const kindOf = (path) =>
  path.endsWith(".csv") ? say("make-spreadsheet") : (path.split(".").at(-1) ?? "").toUpperCase();
