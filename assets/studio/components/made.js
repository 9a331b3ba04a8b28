// The files that were made: what each is, how big, and what hands it over.
/** @import { MadeFile, Plan } from "../contract" */
/** @import { IconName } from "../icons.js" */
import { Icon } from "../icons.js";
import { engine, useLoaded } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { say, size } from "../words.js";
import { Button } from "./basics.js";
import { FileLink, nameOf, place } from "./file.js";

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

/** Outputs whose files have names that are said when they are saved. */
const NAMED = new Set(["cards", "labels", "drafts"]);

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
  const renamed = shown.some((file) => nameFor(file, plan) !== nameOf(file.path));
  /** @type {Map<string, MadeFile[]>} files of one kind: a list as PDF and for a spreadsheet */
  const kinds = new Map();
  for (const file of shown) kinds.set(file.text, [...(kinds.get(file.text) ?? []), file]);
  const where = renamed ? say("make-also-named", { folder: place(folder) }) : say("make-also-in", { folder: place(folder) });
  return html`<section class="card" aria-labelledby="files">
    <div class="row between">
      <h2 id="files">${say("make-files")}</h2>
      <${OpenFolder} />
    </div>
    <ul class="files">
      ${[...kinds].map(([text, alike]) => html`<${Kind} key=${alike[0]?.path} text=${text} alike=${alike} plan=${plan} />`)}
    </ul>
    ${files.length > MOST && html`<p class="small mute">${say("make-other-files", { count: files.length - MOST })}</p>`}
    ${engine.hasFolder
      ? folder && html`<p class="small mute above-less">${where}</p>`
      : html`<p class="small above-less">${say("browser-save-now")}</p>`}
  </section>`;
}

/** @param {{text: string, alike: MadeFile[], plan: Plan | undefined}} props the files of one kind, in one row */
function Kind({ text, alike, plan }) {
  const [first] = alike;
  const isList = alike.some(({ path }) => path.endsWith(".csv"));
  return first && html`<li>
    <${Icon} name=${isList ? "table" : (ICONS[first.output] ?? "sheet")} />
    <div>
      <b>${text}</b>
      ${alike.map((file) => html`<div class="small mute" key=${file.path}>${factsOf(file, plan)}</div>`)}
      ${first.hint && html`<div class="small">${first.hint}</div>`}
    </div>
    <div class="row">
      ${alike.map((file) => {
        const { path } = file;
        const name = nameFor(file, plan);
        if (path.endsWith("/") && engine.hasFolder)
          return html`<span class="tag line" key=${path}><${Icon} name="folder" />${say("make-folder")}</span>`;
        return html`<${FileLink} look="btn" key=${path} path=${path} name=${name}>
          <${Icon} name="download" />${alike.length > 1 ? kindOf(path) : say("make-save")}<span class="unseen"> ${name}</span>
        <//>`;
      })}
    </div>
  </li>`;
}

/** @param {MadeFile} file @param {Plan | undefined} plan @returns how much is in it, its name, its size, and its name in the folder */
function factsOf(file, plan) {
  const { path, output, count, bytes } = file;
  const isPdfs = output === "zip" || output === "files";
  const [name, inFolder] = [nameFor(file, plan), nameOf(path)];
  return [
    count > 0 && (isPdfs ? say("make-count-files", { files: count }) : say("n-schools", { schools: count })),
    path.endsWith("/") ? say("make-on-disk", { name: place(path) }) : name,
    bytes > 0 && size(bytes),
    engine.hasFolder && !path.endsWith("/") && name !== inFolder && say("make-on-disk", { name: inFolder }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * Returns what a file is called when it is saved. In the folder those of a print run keep the names that commands know.
 * @param {MadeFile} file
 * @param {Plan | undefined} plan
 */
function nameFor({ path, output }, plan) {
  const [name = "", document = ""] = path.split("/").reverse();
  const rest = name.match(/^(?:print-run|packing-list)-(.*)$/)?.[1];
  if (rest == null) {
    const own = NAMED.has(output) && say("make-saved-name", { output });
    const part = name.includes("-ligne-") ? say("make-saved-part") : "";
    return own && /\.(pdf|json)$/.test(path) ? `${own}${part}.${path.split(".").at(-1)}` : nameOf(path);
  }
  if (!plan) return nameOf(path);
  const base = say("make-saved-as", { output, copies: plan.copies });
  const alone = plan.documents.length === 1 && rest.startsWith(document);
  return alone ? base + rest.slice(document.length) : `${base}-${rest}`;
}

/** @param {string} path */
const kindOf = (path) =>
  path.endsWith(".csv") ? say("make-spreadsheet") : (path.split(".").at(-1) ?? "").toUpperCase();
