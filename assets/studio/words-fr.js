// The window in French. Spaces before and inside punctuation are set by typeset(), so that they can be read here.
/** @import { Counts, Show, Station } from "./contract" */
/** @import { IconName } from "./icons.js" */

/**
 * Returns a noun with its number, in the plural from two on.
 * @param {number | string} count
 * @param {string} one
 * @param {string} [many]
 */
const n = (count, one, many = `${one}s`) => `${count} ${isOne(count) ? one : many}`;

/** @param {number | string} count */
const isOne = (count) => count === 0 || count === 1 || count === "0" || count === "1";

const NUMBERS = ["aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"];
/** @param {number} count of something feminine */
const said = (count) => NUMBERS[count] ?? String(count);
/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {string} text */
const small = (text) => text.charAt(0).toLowerCase() + text.slice(1);

/** Who works there, if the system does not say. */
const OTHER = "Une autre personne";
const THEY = "Cette personne";

/** @param {boolean} label */
const piece = (label) => (label ? "étiquette" : "carte");

/** @param {string[]} parts */
const joined = (parts) => [parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter(Boolean).join(" et ");

/** @param {string[]} rows of the list */
const without = (rows) => {
  const [first = ""] = rows;
  if (rows.length === 1) return `Sans correction, la ligne ${first} n’aura pas de dépliant.`;
  const which = rows.length > 4 ? `${rows.length} lignes` : `les lignes ${joined(rows)}`;
  return `Sans correction, ${which} n’auront pas de dépliant.`;
};

/** @param {number} count schools on rows that differ */
const waiting = (count) =>
  count > 1
    ? `${count} établissements figurent deux fois : ils attendent votre choix.`
    : "Un établissement figure deux fois : il attend votre choix.";

/**
 * Returns what a leaflet prints, an address as one types it, fit to be quoted.
 * @param {string} printed with its label
 */
const bare = (printed) =>
  printed
    .replace(/^[^:]*\s: (?=https?:)/, "")
    .replace(/https?:\/\//g, "")
    .replace(/\/(?=,|$)/, "")
    .replace(/«\s/g, "“")
    .replace(/\s»/g, "”");

/** @type {Record<string, string>} */
const outputs = {
  files: "dossier de PDF",
  zip: "ZIP",
  copier: "fichier du photocopieur",
  "print-run": "fichier de l’imprimeur",
  cards: "cartes",
  labels: "étiquettes d’adresse",
  drafts: "brouillons de courriel",
  book: "PDF à feuilleter",
};
/** @param {string} id of an output */
const isMany = (id) => ["cards", "labels", "drafts"].includes(id);
/** @param {string} id of an output */
const the = (id) => `${isMany(id) ? "les" : "le"} ${outputs[id] ?? ""}`;

/** @type {Record<Station["id"], string>} */
const names = { election: "L’élection", list: "La liste", pages: "Les pages", check: "Vérifier", make: "Fabriquer" };

const texts = {
  skip: "Aller au contenu",
  see: "Voir la page",
  close: "Fermer",
  cancel: "Annuler",
  keep: "Garder",
  /** @param {number} count */
  which: (count) => `Voir lesquels (${count})`,
  toFill: "À remplir d’abord.",
  units: {
    /** @param {string} value */
    gigabytes: (value) => `${value} Go`,
    /** @param {string} value */
    megabytes: (value) => `${value} Mo`,
    /** @param {string} value */
    kilobytes: (value) => `${value} ko`,
    /** @param {number} hours @param {string} minutes */
    clock: (hours, minutes) => `${hours} h ${minutes}`,
    firstDay: "1er ",
  },
  bar: {
    home: ", accueil",
    tagline: "Dépliants et cartes pour aller voter",
    /** @param {string} time */
    saved: (time) => `Enregistré à ${time}`,
    /** @param {string} time */
    unsaved: (time) => `Pas enregistré depuis ${time}`,
    saving: "Enregistrement…",
    making: "Fabrication en cours",
    watching: "En lecture seule",
    undo: "Annuler",
    nothingToUndo: "Rien à annuler",
    nothingToRedo: "Rien à rétablir",
    /** @param {string} what */
    undoThis: (what) => `Annuler : ${what} (Ctrl+Z)`,
    /** @param {string} what */
    redoThis: (what) => `Rétablir : ${what} (Ctrl+Y)`,
    proof: "Rien n’est envoyé",
    proofLabel: "Rien n’est envoyé : voir la preuve",
    help: "Aide sur cette étape",
    end: "Quitter",
    endLabel: "Quitter leaflet : tout est gardé",
    endLater: "Quitter leaflet, une fois la fabrication finie",
  },
  steps: {
    label: "Étapes de la campagne",
    names,
    doneSuffix: ", terminé",
    /** @param {number} count */
    toMend: (count) => `${count} à corriger`,
    /** @param {number} percent */
    underWay: (percent) => `en cours, ${percent} %`,
    /** @param {number} done */
    stopped: (done) => (done ? `arrêtée à ${done}` : "arrêtée"),
    /** @param {string} time */
    made: (time) => `fait à ${time}`,
    /** @param {number} nth */
    shortcut: (nth) => `Alt+${nth}`,
    /** @param {number} nth @param {number} of @param {Station["state"]} state */
    hidden: (nth, of, state) =>
      `, étape ${nth} sur ${of}, ${{ done: "terminée", look: "à regarder", todo: "à faire" }[state]}`,
  },
  bottom: {
    /** @param {string} cause */
    unsaved: (cause) =>
      cause
        ? `${cause} : pas enregistré. Ce que vous avez tapé reste ici.`
        : "Pas enregistré. Ce que vous avez tapé reste ici.",
    full: "Pas enregistré : le disque est plein. Libérez de la place, puis :",
    stays: "Ce que vous venez de taper reste à l’écran, mais n’est pas encore enregistré.",
    thenSave: "Appuyez ensuite sur « Enregistrer à nouveau », en bas.",
    saveAgain: "Enregistrer à nouveau",
    /** @param {number} count */
    refused: (count) =>
      count === 1
        ? "1 réponse refusée : la page garde l’ancienne."
        : `${count} réponses refusées : la page garde les anciennes.`,
    toRefused: "Aller à la réponse",
    /** @param {string[]} names */
    refusedNames: (names) =>
      names.length === 1
        ? `Une réponse à revoir : ${small(names[0] ?? "")}.`
        : `${names.length} réponses à revoir : ${names.map(small).join(", ")}.`,
    goThere: "Y aller",
    label: "Suite",
    undo: "Annuler",
    /** @param {string} what */
    undoThis: (what) => `Annuler : ${what}`,
  },
  page: {
    now: "Votre dépliant, maintenant",
    side: "Côté de la page",
    sides: ["Recto", "Verso"],
    /** @param {number} page */
    nth: (page) => `Page ${page}`,
    /** @param {string} label */
    blank: (label) => `${label}, en blanc`,
    /** @type {Record<string, string>} what stands in a hatched place */
    short: {
      "links.portal": "Portail à recopier",
      steps: "Étapes",
      "memo.lines": "Aide-mémoire",
      "publisher.message.text": "Votre message",
    },
    /** @param {number} count */
    blanks: (count) => n(count, "endroit hachuré", "endroits hachurés"),
    /** @param {string} side @param {string} name */
    alt: (side, name) => `${side} tel qu’il sera imprimé : ${name}`,
    enlarge: "Agrandir la page",
    redrawing: "On redessine…",
    /** @param {string} seconds */
    upToDate: (seconds) => `À jour en ${seconds} s`,
  },
  question: {
    official: "officiel",
    typed: "recopié par vous",
    compared: "comparé à la notice",
    toCompare: "à comparer",
    proposed: "proposé",
    blank: "en blanc pour l’instant",
    /** @param {string} text */
    example: (text) => `Par exemple : ${text}`,
    unsaved: "pas encore enregistré",
    notSaved: "pas enregistrée",
    stillKept: "Encore enregistré :",
    keptNothing: "Rien n’est enregistré pour cette question.",
    /** @param {string} kept */
    backTo: (kept) => `Revenir à ${kept}`,
    /** @param {string} value */
    understood: (value) => `Compris : ${value}`,
    colorPicker: "Nuancier",
    optional: "facultatif",
    legal: "demandée par la loi",
    government: "Site officiel (.gouv.fr)",
    firstStep: "Ajouter la première étape",
    /** @param {string} year */
    like: (year) => `comme en ${year}, à vérifier`,
    officialDays: "dates officielles",
    /** @param {string} year */
    likeHours: (year) => `heures comme en ${year}, à vérifier`,
    /** @param {string} year */
    likeZone: (year) => `fuseau horaire comme en ${year}, à vérifier`,
    same: "Ma notice dit la même chose",
    leave: "Laisser en blanc",
    change: "Changer",
    /** @param {string} label */
    changeThis: (label) => `Changer : ${label}`,
    /** @param {string} label */
    sameThis: (label) => `Ma notice dit la même chose : ${label}`,
    /** @param {string} label */
    leaveThis: (label) => `Laisser en blanc : ${label}`,
    dropLogo: "Déposez votre logo ici",
    logoKinds: "PNG, JPEG, SVG ou PDF ; il est posé sur un fond blanc, jamais recoloré",
    chooseLogo: "Choisir une image…",
    otherLogo: "Changer…",
    remove: "Retirer",
    addLine: "Ajouter une étape",
    /** @param {string} label @param {number} nth */
    nth: (label, nth) => `${label}, ligne ${nth}`,
    /** @param {string} line */
    moveUp: (line) => `Monter « ${line} »`,
    /** @param {string} line */
    takeAway: (line) => `Retirer « ${line} »`,
  },
  trial: {
    title: "Est-ce bien le portail de votre vote ?",
    steps: [
      "Scannez ce code avec votre téléphone.",
      "Comparez le nom du site, lettre par lettre, avec votre notice de vote.",
      "N’y tapez rien. Dites-le ici.",
    ],
    yes: "C’est bien l’adresse de ma notice",
    no: "Ce n’est pas elle",
    later: "Je n’ai pas encore la notice",
    isLater: "Rien ne sera fabriqué avant que vous ayez comparé cette adresse à votre notice.",
    now: "La comparer",
  },
  election: {
    title: names.election,
    lead:
      "Prenez votre notice de vote et recopiez. Ce que vous ne savez pas encore reste en blanc ; " +
      "on vous le redira avant d’imprimer.",
    /** @param {number} count @param {string} year @param {number} blank */
    leadLike: (count, year, blank) =>
      (count === 1
        ? `Une réponse vient de ${year} : comparez-la à votre notice.`
        : `${capital(said(count))} réponses viennent de ${year} : comparez-les à votre notice.`) +
      (blank ? ` ${capital(NUMBERS[count] ? said(blank) : String(blank))} ${blank > 1 ? "restent" : "reste"} en blanc.` : ""),
    /** @param {number} given @param {number} of @param {number} proposed */
    count: (given, of, proposed) =>
      [of > 1 && `${n(given, "réponse")} sur ${of}`, proposed && `${proposed} à vérifier`].filter(Boolean).join(", "),
    /** @param {{from: string, to: string, opens: string, closes: string, zone: string}} when */
    period: ({ from, to, opens, closes, zone }) => {
      const hour = (/** @type {string} */ text) => (text ? `, ${text.replace(/\s00$/, "")}` : "");
      const year = to.match(/ \d{4}$/)?.[0] ?? "";
      const start = year && from.endsWith(year) ? from.slice(0, -year.length) : from;
      return `Du ${start}${hour(opens)}${opens ? "," : ""} au ${to}${hour(closes)}${zone ? ` (${zone})` : ""}`;
    },
    /** @param {number} count */
    sameDays: (count) => `Ma notice dit la même chose pour les ${count} réponses du vote`,
    addHours: "Ajouter les heures",
    /** @param {boolean} known @param {string} label */
    changeDays: (known, label) => `${known ? "Changer" : "Ajouter les heures"} : ${label}`,
    rest: "Pour compléter",
    /** @type {Record<string, string>} */
    restNames: {
      portal: "page d’aide",
      steps: "compte",
      notice: "papier et code perdu",
      mail: "courriel reçu",
      memo: "conseil de l’aide-mémoire",
      publisher: "couleur et message",
    },
    /** @param {string[]} names */
    restOf: (names) => names.join(", "),
    /** @param {number} count */
    restCount: (count) => n(count, "question facultative", "questions facultatives"),
    /** @param {string} year */
    likeTitle: (year) => `Gagner du temps : partir des réponses de ${year}`,
    likeText: "Des réponses vous seront proposées. Vous gardez, changez ou effacez chacune.",
    /** @param {string} year */
    likeButton: (year) => `Proposer comme en ${year}`,
    ringed: "Entouré d’orange : à vérifier",
    /** @param {number} count */
    left: (count) =>
      count
        ? `Encore ${n(count, "réponse")} en blanc. Vous pouvez continuer et revenir.`
        : "Toutes les réponses sont là.",
    /** @param {number} count @param {number} blank @param {number} own of these, not proposed */
    leftLike: (count, blank, own) =>
      `${n(count, "réponse")} à comparer${own ? `, dont ${own} à vous` : ""}${blank ? `, ${blank} en blanc` : ""}.`,
    /** @param {number} count */
    sameAll: (count) => `Ma notice dit la même chose pour les ${count}`,
    next: "Continuer : La liste",
  },
  list: {
    title: names.list,
    tabRefused: "La liste : fichier refusé",
    lead: "Un dépliant sera fait pour chaque ligne.",
    parts: "Dans la liste",
    partNames: ["Fichier", "Colonnes", "Cases", "Adresses"],
    partChanges: "Changements",
    drop: "Déposez votre liste ici",
    dropOther: "Remplacer par une autre liste",
    replace: "Remplacer…",
    dropText: "Excel, LibreOffice ou CSV, telle qu’on vous l’a envoyée. Votre fichier n’est jamais modifié.",
    choose: "Choisir un fichier…",
    paste: "Coller des cellules",
    pasteLead: "Copiez le tableau dans votre tableur, avec la ligne des titres, puis collez-le ici.",
    pasteLabel: "Cellules copiées",
    pasteHint: "Ctrl+V n’importe où sur cette page fait la même chose.",
    pasteEmpty: "Il n’y a encore rien à lire : collez d’abord les cellules.",
    pasteRead: "Lire ces cellules",
    reading: "On lit la liste…",
    left: "Il manque la liste. Vous pouvez déjà regarder les pages avec un exemple.",
    /** @param {string} lines */
    leftFile: (lines) => `La liste est là : ${n(lines, "ligne")}.`,
    nextPages: "Voir les pages",
    nextColumns: "Continuer : Colonnes",
    nextChanges: "Continuer : Changements",
    nextToPages: "Continuer : Les pages",
    needed: "Ce qu’il faut dedans",
    neededItems: /** @type {[string, string, string][]} */ ([
      ["Le nom de l’établissement", "", "obligatoire"],
      ["La commune", "", "obligatoire"],
      ["Le code UAI, par exemple ", "0379999T", "obligatoire"],
      ["Le nombre d’exemplaires, l’adresse, le courriel", "", "utile"],
    ]),
    none: "Pas encore de liste ?",
    empty: "Télécharger un tableau vide à remplir",
    emptyName: "liste-etablissements.csv",
    emptyHeader: "Nom;Commune;Code UAI;Adresse;Code postal;Exemplaires;Courriel",
    trySample: "Essayer avec 12 établissements d’exemple",
    sample: [
      "Code UAI\tNom\tCommune\tCode postal\tExemplaires",
      "0379980X\tCollège d’exemple des Trois-Tilleuls\tTours\t37000\t45",
      "0379981Y\tÉcole d’exemple Jean-Moulin\tChinon\t37500\t12",
      "0379982Z\tLycée d’exemple des Deux-Rives\tLoches\t37600\t60",
      "0379983A\tÉcole d’exemple Jules-Ferry\tAmboise\t37400\t9",
      "0379984B\tCollège d’exemple Louise-Michel\tChinon\t37500\t38",
      "0379985C\tÉcole d’exemple des Marronniers\tTours\t37000\t14",
      "0379986D\tLycée d’exemple du Vieux-Pont\tTours\t37100\t72",
      "0379987E\tÉcole d’exemple de la Fontaine\tLoches\t37600\t8",
      "0379988F\tCollège d’exemple du Val\tAmboise\t37400\t41",
      "0379989G\tÉcole d’exemple des Lilas\tTours\t37200\t11",
      "0379990H\tLycée d’exemple de la Forêt\tChinon\t37500\t55",
      "0379991J\tÉcole d’exemple du Moulin\tAmboise\t37400\t7",
    ].join("\n"),
    refused: "Refusés, pour protéger chacun : mots de passe, codes de vote, NUMEN, listes d’élèves.",
    fileLabel: "Fichier déposé",
    sheets: "Feuilles…",
    /** @param {import("./contract").SheetOfList[]} sheets */
    sheetsRead: (sheets) => {
      const [read, others] = [true, false].map((is) =>
        sheets.filter((one) => one.read === is).map(({ name }) => `« ${name} »`),
      );
      const left = others?.length ? ` ; ${joined(others)} ${others.length > 1 ? "laissées" : "laissée"} de côté` : "";
      return `${read && read.length > 1 ? "feuilles" : "feuille"} ${joined(read ?? [])}${left}`;
    },
    header: "Titres à la ligne",
    /** @param {string} lines @param {string} columns */
    facts: (lines, columns) => `${n(lines, "ligne")} · ${n(columns, "colonne")}`,
    /** @param {string} name */
    copy: (name) => `corrections dans « ${name} »`,
  },
  sheets: {
    /** @param {number} all @param {number} lists */
    lead: (all, lists) =>
      `Ce classeur a ${said(all)} feuilles. ` +
      (lists > 1
        ? `${capital(said(lists))} sont des listes d’établissements : on lira ${lists === 2 ? "les deux" : `les ${said(lists)}`}.`
        : lists
          ? "Une seule est une liste d’établissements."
          : "Aucune n’a les colonnes qu’il faut. Voici ce qu’on y trouve."),
    caption: "Que lire dans ce classeur ?",
    headings: ["Feuille", "Ce qu’on y trouve", "Titres", "Lignes", "État"],
    row: "ligne",
    /** @param {number} count @returns {string} */
    lines: (count) => (count > 1 ? "lignes" : "ligne"),
    /** @param {string} names */
    lacks: (names) => `Il manque : ${names}.`,
    /** @param {string} name */
    headerOf: (name) => `Ligne des titres de « ${name} »`,
    isList: "liste",
    isRead: "lue",
    isLeft: "laissée de côté",
    twice: "Un établissement présent sur deux feuilles est signalé à l’étape « Cases », jamais imprimé deux fois sans le dire.",
    /** @param {string} name */
    beginning: (name) => `Le début de « ${name} »`,
    /** @param {number} row */
    found: (row) => `Titres trouvés à la ligne ${row}.`,
    noHeader: "Aucune ligne de titres.",
    up: "Plus haut",
    down: "Plus bas",
    leftNone: "Cochez la feuille à lire.",
    /** @param {number} count @param {string} lines */
    left: (count, lines) => `${n(count, "feuille choisie", "feuilles choisies")}, ${n(lines, "ligne")}.`,
    /** @param {number} count */
    next: (count) => (count > 1 ? `Lire les ${count} feuilles` : "Lire cette feuille"),
  },
  changes: {
    title: "La liste a changé",
    tab: "La liste : ce qui a changé",
    /** @param {string} before the day @param {string} at the day */
    lead: (before, at) =>
      before === at ? "Comparée à la précédente, par le code UAI." : `Face au fichier du ${before}, par le code UAI.`,
    few: "Cette liste a moins de la moitié des établissements de la précédente. Est-ce la bonne ?",
    fewWay: "Choisir une autre liste",
    counts: { new: "Nouveaux", gone: "Partis", changed: "Changés", same: "Inchangés" },
    /** @param {number} count */
    kept: (count) => `${n(count, "correction reprise", "corrections reprises")}.`,
    /** @param {number} count */
    there: (count) =>
      count > 1
        ? `${count} autres se trouvent maintenant dans votre fichier.`
        : "Une autre se trouve maintenant dans votre fichier.",
    /** @param {number} count */
    leftOut: (count) => `${n(count, "ligne")} toujours ${count > 1 ? "laissées" : "laissée"} de côté.`,
    columns: "Revoir les colonnes",
    caption: "Ce qui a changé",
    headings: ["Ligne", "Établissement", "Ce qui change", "État", "Action"],
    /** @param {string} copies */
    isNew: (copies) => (copies ? `Nouvelle ligne, ${n(copies, "exemplaire")}` : "Nouvelle ligne"),
    isGone: "N’est plus dans la liste",
    /** @param {string} column */
    cell: (column) => `${column} :`,
    /** @param {string} column */
    yours: (column) => `${column} : votre correction`,
    /** @param {string} text */
    theirs: (text) => `, le fichier dit « ${text} »`,
    kinds: { new: "nouveau", gone: "parti", changed: "changé", back: "comme avant", conflict: "correction gardée" },
    /** @param {string} count */
    more: (count) => `Encore ${n(count, "changement")}.`,
    all: "Les voir tous",
    /** @param {string} ready */
    left: (ready) => `${n(ready, "établissement")} ${isOne(ready) ? "est prêt" : "sont prêts"}.`,
    next: "Continuer : Cases",
  },
  twice: {
    /** @param {number} nth @param {number} count */
    title: (nth, count) =>
      count > 1 ? `Paire ${nth} sur ${count} : deux lignes, un même code UAI` : "Deux lignes, un même code UAI",
    /** @param {string} at */
    row: (at) => `Ligne ${at}`,
    empty: "(vide)",
    choice: "Choix",
    keep: "Garder",
    /** @param {string} at */
    keptRow: (at) => `la ligne ${at}`,
    all: "Garder partout la première",
    note: "Rien n’est fabriqué pour eux tant que vous n’avez pas choisi.",
    keys: "La touche 1 garde la première ligne, 2 la deuxième.",
    same: "Identiques",
    part: "Ce sont deux établissements…",
    partWhy: "Alors l’un des deux codes UAI est faux. L’Annuaire de l’éducation donne le bon.",
    partRow: "Corriger la",
    /** @param {string} name */
    partCode: (name) => `Code UAI de ${name}`,
    partHint: "Sept chiffres et une lettre.",
    previous: "Paire précédente",
    next: "Paire suivante",
  },
  columns: {
    tab: "La liste : les colonnes",
    lead: "Toutes les colonnes utiles sont trouvées.",
    /** @param {number} count */
    leadAsk: (count) =>
      count === 1
        ? "Une colonne est à choisir ; les autres sont trouvées."
        : `${capital(said(count))} colonnes sont à choisir ; les autres sont trouvées.`,
    caption: "D’où vient chaque information",
    headings: ["Sur le dépliant", "Dans votre liste", "Exemples", "État"],
    required: "obligatoire",
    /** @param {string} label */
    columnFor: (label) => `Colonne pour : ${label}`,
    choose: "Choisir une colonne…",
    empty: "Aucune colonne",
    /** @param {number} nth */
    unnamed: (nth) => `Colonne ${nth}, sans titre`,
    /** @param {string} name */
    proposed: (name) => `On propose « ${name} » :`,
    /** @param {string} name */
    take: (name) => `Prendre « ${name} »`,
    found: "trouvée",
    chosen: "choisie par vous",
    toChoose: "à choisir",
    none: "laissée vide",
    /** @param {number} count */
    rest: (count) => `Facultatif : ${n(count, "autre information", "autres informations")}`,
    legend: "* obligatoire",
    restCaption: "Ce que votre liste n’a pas",
    /** @param {number} count */
    aside: (count) => `${n(count, "colonne")} ${count > 1 ? "laissées" : "laissée"} de côté`,
    /** @param {string} list */
    asideText: (list) => `${list}. Aucune n’est imprimée.`,
    /** @param {number} count @param {number} needed those of them that no list can do without */
    left: (count, needed) =>
      needed
        ? `${n(needed, "colonne obligatoire", "colonnes obligatoires")} à choisir.`
        : count
          ? `${n(count, "colonne")} à choisir, ou à laisser vide.`
          : "Les colonnes sont prêtes.",
    /** @param {string} lines */
    next: (lines) => (isOne(lines) ? "Lire la ligne" : `Lire les ${lines} lignes`),
  },
  cells: {
    tab: "La liste : corriger",
    /** @param {number} count @param {number} twice schools on rows that differ @param {boolean} copied */
    lead: (count, twice, copied) => {
      const many = twice === 1 ? "Un établissement figure" : `${capital(said(twice))} établissements figurent`;
      const both = twice ? `${many} deux fois ; aucun n’est fabriqué tant que vous n’avez pas choisi. ` : "";
      if (count)
        return (
          `${count === 1 ? "Une ligne est" : `${capital(said(count))} lignes sont`} à corriger. ` +
          (both || "Les corrections vont dans une copie ; votre fichier ne change pas.")
        );
      if (both) return both;
      const own = copied ? " Vos corrections sont dans une copie ; votre fichier n’a pas changé." : "";
      return `Rien n’est à corriger.${own}`;
    },
    /** @type {Record<keyof Counts, string>} */
    counts: {
      ready: "Prêts",
      mend: "À corriger",
      twice: "En double",
      look: "À regarder",
      elsewhere: "Autre portail",
      left: "Laissés de côté",
      all: "Toutes les lignes",
    },
    show: "Montrer",
    annotated: "Télécharger la liste annotée",
    search: "Chercher un nom ou une commune",
    /** @param {string} what @param {string} shown @param {string} all */
    caption: (what, shown, all) => `${what} : ${shown} sur ${n(all, "ligne")}`,
    headings: ["Ligne", "Établissement", "Colonne", "Ce qui ne va pas, et comment en sortir"],
    line: "Ligne",
    noName: "sans nom",
    emptyCell: "case vide",
    fill: "Remplir la case",
    mendCell: "Corriger la case",
    /** @param {string} label @param {string} value @param {string} line */
    mendThis: (label, value, line) => `Corriger ${label} ${value || "(vide)"}, ligne ${line}`,
    /** @param {string} line */
    mendRow: (line) => `Corriger la ligne ${line}`,
    /** @param {string} line */
    mendOf: (line) => `la correction de la ligne ${line}`,
    /** @param {string} label @param {string} line */
    cellLabel: (label, line) => `${label} de la ligne ${line}`,
    whichField: "Colonne",
    mended: "corrigé",
    ready: "prêt",
    leftOut: "laissée de côté",
    takeBack: "Reprendre la ligne",
    keep: "Garder",
    empty: "Laisser la case vide",
    keys: "Entrée garde et passe à la case suivante, Échap annule.",
    isTwice: "figure deux fois",
    chooseRow: "Choisir",
    /** @type {Record<Show, string>} */
    nothing: {
      mend: "Rien n’est à corriger.",
      twice: "Aucun établissement ne figure deux fois.",
      look: "Rien n’est à regarder.",
      elsewhere: "Aucun établissement ne vote sur un autre portail.",
      left: "Aucune ligne n’est laissée de côté.",
      all: "La liste est vide.",
    },
    nothingFound: "Aucune ligne ne correspond à cette recherche.",
    /** @param {number} count @param {string} ready */
    left: (count, ready) =>
      `${n(count, "ligne")} à corriger. Sans ${isOne(count) ? "elle" : "elles"}, ` +
      `${n(ready, "dépliant")} ${isOne(ready) ? "est prêt" : "sont prêts"}.`,
    /** @param {number} count schools on rows that differ */
    leftTwice: (count) =>
      count > 1 ? `${count} établissements attendent votre choix.` : "Un établissement attend votre choix.",
    nextTwice: "Continuer : En double",
    /** @param {string} ready */
    leftNone: (ready) => `${n(ready, "établissement")} ${isOne(ready) ? "est prêt" : "sont prêts"}.`,
    /** @param {number} count */
    nextWithout: (count) => (count === 1 ? "Continuer sans cette ligne" : `Continuer sans ces ${count} lignes`),
    next: "Continuer : Adresses",
  },
  addresses: {
    tab: "La liste : les adresses à essayer",
    /** @param {string} ready @param {number} open */
    lead: (ready, open) =>
      `${n(ready, "établissement")} ${isOne(ready) ? "est prêt" : "sont prêts"}. ` +
      (open
        ? "Avant d’imprimer le code de la messagerie, essayez-le avec votre téléphone."
        : "Aucune adresse ne reste à essayer."),
    /** @param {string} name @param {string} count @param {number} schools */
    academy: (name, count, schools) => `${name} · ${count} ${schools > 1 ? "établissements" : "établissement"}`,
    /** @param {string} url */
    codeAlt: (url) => `Code à scanner : ${url}`,
    /** @param {number} count */
    without: (count) => `${n(count, "établissement")} sans adresse à essayer : le chemin y est écrit en mots.`,
    stepsOther: [
      "Scannez le code avec votre téléphone.",
      "C’est une page de votre académie ? C’est la bonne. N’y entrez rien.",
      "Dites-le ici.",
    ],
    steps: [
      "Scannez le code avec votre téléphone.",
      "La page demande votre identifiant et votre mot de passe ? C’est la bonne. N’entrez rien.",
      "Dites-le ici.",
    ],
    works: "Ça marche, je l’ai vue",
    after: "à essayer ensuite",
    other: "Une autre adresse…",
    give: "Indiquer une adresse…",
    confirmed: "essayée par vous",
    declined: "pas imprimée, c’est votre choix",
    /** @param {string} kind @returns {string} */
    decline: (kind) => (kind === "webmail" ? "Ne pas imprimer ce code" : "Ne pas imprimer cette adresse"),
    /** @param {string} kind @param {string} use */
    use: (kind, use) => {
      if (use === "reserve" || kind === "site" || kind === "path") return "";
      const place = kind === "webmail" ? "sous « Ma messagerie »" : "parmi les aides";
      return use === "printed" ? `Imprimée ${place}.` : `Si elle marche, elle sera imprimée ${place}.`;
    },
    /** @param {string} when as a year or a day; something else if nobody knows */
    attested: (when) => {
      if (/^\d+$/.test(when)) return `attestée en ${when}, pas depuis`;
      if (/^\d\d\/\d{4}$/.test(when)) return `attestée en ${when}`;
      return /^\d/.test(when) ? `attestée le ${when}` : "à essayer";
    },
    /** @param {number} count */
    others: (count) => `${n(count, "autre adresse connue", "autres adresses connues")}`,
    noneKnown: "Aucune adresse sûre n’est connue",
    /** @param {string} kind @param {string} url @returns {string} */
    kinds: (kind, url) => {
      if (kind === "webmail") return "Messagerie :";
      return /identifiant/i.test(url) ? "Identifiant oublié :" : "Aide de la messagerie :";
    },
    /** @param {string} text @param {boolean} open it can still be tried */
    instead: (text, open) => `${open ? "Sans essai, le" : "Le"} dépliant écrit : « ${bare(text)} ».`,
    otherLabel: "Adresse de la messagerie",
    otherHint: "Elle commence par https:// et finit par le nom de l’académie.",
    otherKeep: "Garder cette adresse",
    kept: "Votre réponse est datée et gardée dans la campagne. Elle voyage avec le fichier .leaflet.",
    /** @param {number} open @param {number} waiting those that are printed once they were tried */
    left: (open, waiting) => {
      if (!open) return "Les adresses sont prêtes.";
      const many = open > 1;
      if (waiting && waiting < open) return `${n(open, "adresse")} à essayer avant d’imprimer.`;
      const then = waiting
        ? many
          ? "sinon pas imprimées"
          : "sinon pas imprimée"
        : many
          ? "sinon imprimées telles quelles"
          : "sinon imprimée telle quelle";
      return `${n(open, "adresse")} à essayer, ${then}.`;
    },
  },
  pages: {
    title: names.pages,
    lead: "Choisissez, écrivez : la vraie page d’un vrai établissement suit.",
    document: "Le document",
    several: "Plusieurs documents à la fois",
    /** @param {string[]} labels */
    others: (labels) =>
      `Voir ${n(labels.length, "autre document", "autres documents")} : ${labels.join(", ").toLowerCase()}`,
    proposed: "texte proposé",
    /** @param {number} lines @param {string} points @param {string} usual empty if that is its size */
    longest: (lines, points, usual) =>
      `Le nom le plus long tient sur ${lines === 1 ? "une ligne" : `${said(lines)} lignes`}` +
      (usual ? `, à ${points} points au lieu de\u00a0${usual}.` : "."),
    look: "L’aspect",
    /** @param {string} label */
    lookOf: (label) => `L’aspect : ${label}`,
    words: "Vos mots",
    wordsText: "Écrivez ; la page suit. Touchez un endroit de la page pour trouver son texte.",
    /** @param {number} used @param {number} of */
    lines: (used, of) => (used ? `${n(used, "ligne")} sur ${of}` : `vide, ${n(of, "ligne possible", "lignes possibles")}`),
    /** @param {number} own */
    linesAdded: (own) => `${own ? `${n(own, "ligne")} à vous` : "rien de vous"}, 1 ajoutée (adresse pro)`,
    which: "Quel établissement",
    schools: { first: "Premier", longest: "Nom le plus long", shortest: "Le plus court" },
    how: "Comment le voir",
    views: { screen: "Écran", copy: "Photocopié" },
    previous: "Établissement précédent",
    following: "Établissement suivant",
    /** @param {string} nth @param {string} of */
    place: (nth, of) => `${nth} sur ${of}`,
    sample: "établissement d’exemple",
    /** @param {number} read @param {number} of */
    copied: (read, of) =>
      read < of
        ? `Photocopié trois fois, ${n(of - read, "code")} ${of - read > 1 ? "ne se lisent" : "ne se lit"} plus`
        : `Photocopié trois fois, ${of > 1 ? `les ${of} codes se lisent` : "le code se lit"} encore`,
    /** @param {number} codes */
    copiedText: (codes) => `L’image imite trois copies sur un appareil usé ; ${codes > 1 ? `les ${codes} codes y ont été relus` : "le code y a été relu"}.`,
    /** @param {number} read @param {number} of */
    codesRead: (read, of) => `${of > 1 ? "Codes relus" : "Code relu"} : ${read} sur ${of}`,
    /** @param {string} label */
    takeLook: (label) => `Essayer l’aspect « ${label} »`,
    left: "Document, aspect et mots sont prêts.",
    leftSample: "Avec un établissement d’exemple, tant que la liste manque.",
    next: "Continuer : Vérifier",
  },
  color: {
    /** @param {string} value */
    wrong: (value) => `« ${value} » n’est pas une couleur : son code s’écrit avec ou sans #, par exemple 1f3a93.`,
    title: "Votre couleur",
    one: "Une seule : tout le reste en découle",
    change: "Changer…",
    fromLogo: "Trouvées dans votre logo",
    usual: "Couleurs proposées",
    /** @param {string} color */
    swatch: (color) => `Couleur ${color}`,
    code: "Code de la couleur",
    picker: "Nuancier",
    onIt: "Texte sur votre couleur",
    asText: "Votre couleur en texte",
    /** @param {string} value */
    ratio: (value) => `${value} pour 1`,
    always: "Toujours lisible.",
    kept: "Votre couleur se lit partout telle quelle.",
    darker: "Votre couleur est trop claire pour du texte sur blanc : elle est foncée là, et là seulement.",
  },
  check: {
    title: names.check,
    reading: "On fabrique les pages et on les relit…",
    /** @param {number} errors @param {number} mends @param {number} looks */
    lead: (errors, mends, looks) => {
      const others = [mends && `${said(mends)} à corriger dans la liste`, looks && `${said(looks)} à regarder`]
        .filter(Boolean)
        .join(", ");
      if (errors)
        return (
          `${capital(said(errors))} ${errors > 1 ? "choses" : "chose"} à régler avant d’imprimer` +
          `${others ? `, ${others}` : ""}.`
        );
      return others
        ? `Rien n’empêche d’imprimer. ${capital(others)}.`
        : "Chaque page a été composée pour de vrai.";
    },
    errors: "À régler avant d’imprimer",
    mends: "À corriger dans la liste",
    looks: "À regarder",
    /** @param {string} count */
    count: (count) => `${count} fois.`,
    passed: "Vérifié, et bon",
    /** @param {number} count */
    passedCount: (count) => n(count, "contrôle"),
    good: "Tout est bon",
    goodBut: "Rien n’empêche d’imprimer",
    /** @param {string} schools */
    goodText: (schools) =>
      `${n(schools, "établissement")} : tout tient, aucune ligne secrète n’est remplie.`,
    /** @param {number} count */
    accepted: (count) => `${n(count, "point")} ${count > 1 ? "acceptés" : "accepté"} par vous`,
    codes: "Les codes seront relus à la fabrication",
    /** @param {string} lines the first of them @param {number} others */
    lines: (lines, others) => `Lignes ${lines}${others ? ` et ${n(others, "autre")}` : ""}.`,
    where: "Où cela se trouve",
    page: "La page vérifiée",
    touch: "Touchez une épingle pour lire le point.",
    /** @param {number[]} points @param {string} side where they are */
    behind: (points, side) => `${points.length > 1 ? "Points" : "Point"} ${points.join(", ")} : ${side.toLowerCase()}.`,
    /** @param {number} shown on the page @param {number} count @param {boolean} listed the others are in the list */
    points: (shown, count, listed) => {
      if (!count) return "Rien à signaler";
      if (!shown) return n(count, "point");
      return `${n(shown, "point")} sur la page${count > shown ? `, ${count - shown} ${listed ? "dans la liste" : "ailleurs"}` : ""}`;
    },
    review: "Le revoir",
    /** @param {string} title */
    reviewThis: (title) => `Le revoir : ${title}`,
    /** @param {number} nth @param {string} text */
    pin: (nth, text) => `Point ${nth} : ${text}`,
    /** @param {number} nth @param {string} text */
    loupe: (nth, text) => `Le point ${nth}, agrandi : ${text}`,
    /** @param {number} count @param {string[]} lines of the list that are left out as they are */
    left: (count, lines) =>
      (count > 1 ? `Points 1 à ${count} à régler.` : "Point 1 à régler.") + (lines.length ? ` ${without(lines)}` : ""),
    /** @param {string[]} lines */
    without: (lines) => without(lines),
    /** @param {number} count schools on rows that differ */
    waiting: (count) => waiting(count),
    leftLook: "Rien n’empêche de fabriquer.",
    leftNone: "Il ne reste qu’à fabriquer.",
    /** @param {number} nth */
    nextError: (nth) => `Aller au point ${nth}`,
    next: "Continuer : Fabriquer",
  },
  make: {
    title: names.make,
    lead: "Cochez ce qu’il vous faut. Tout se refait à l’identique plus tard.",
    what: "Ce qu’il faut fabriquer",
    summary: "En résumé",
    schools: "Établissements",
    copies: "Exemplaires",
    /** @param {number} count */
    documents: (count) => (count > 1 ? "Documents" : "Document"),
    which: "Quels dépliants",
    changed: "Seulement ce qui a changé",
    all: "Tout refaire",
    changedOnly: "Seulement ce qui a changé depuis la dernière fois.",
    /** @param {number} count schools on rows that differ */
    twice: (count) => waiting(count),
    /** @param {number} count schools on rows that differ */
    notMade: (count) =>
      count > 1
        ? `${count} établissements n’ont pas été fabriqués : ils figurent deux fois, et attendent votre choix`
        : "Un établissement n’a pas été fabriqué : il figure deux fois, et attend votre choix",
    chooseRow: "Choisir",
    /** @param {number} count */
    leftRows: (count) => `${n(count, "ligne")} ${count > 1 ? "laissées" : "laissée"} de côté.`,
    /** @param {number} count schools whose staff vote on another portal */
    without: (count) =>
      count > 1
        ? `${count} établissements votent sur un autre portail : pas de dépliant pour eux.`
        : "Un établissement vote sur un autre portail : pas de dépliant pour lui.",
    seeThem: "Voir",
    /**
     * @param {Station["id"]} id
     * @param {Station["state"] | "compare"} state
     * @returns {{text: string, why?: string, way: string}}
     */
    missing: (id, state) => {
      if (id === "election" && state === "compare")
        return { text: "Le portail n’a pas été comparé à votre notice", way: "Le comparer d’abord" };
      if (id === "election") return { text: "Il manque encore des réponses", way: "Répondre d’abord" };
      if (id === "list") return { text: "Il manque la liste des établissements", way: "Donner la liste" };
      if (state === "look") return { text: "Quelque chose reste à régler avant d’imprimer", way: "Voir ce qui reste" };
      return {
        text: "On n’a pas encore relu ces pages",
        why: "Une faute ne se verrait qu’à l’impression. Une minute suffit.",
        way: "Vérifier d’abord",
      };
    },
    chooseCard: "Choisir une carte",
    willAsk: "On vous demandera le nom de l’imprimeur.",
    short: outputs,
    leftNothing: "Cochez d’abord ce qu’il faut fabriquer.",
    /** @param {string[]} labels */
    left: (labels) => (labels.length > 3 ? `${labels.length} lots choisis.` : `${capital(joined(labels))}.`),
    nextNothing: "Choisir quoi fabriquer",
    /** @param {number} count @param {boolean} files each of them is one file */
    next: (count, files) => (count === 1 ? "Fabriquer" : `Fabriquer les ${count} ${files ? "fichiers" : "lots"}`),
    leadRunning: "On fabrique. Vous pouvez continuer à travailler ailleurs.",
    leadStopped: "La fabrication est arrêtée à votre demande.",
    leadFault: "La fabrication s’est interrompue.",
    /** @param {string} counted with its noun @param {number} count @param {boolean} cards */
    kept: (counted, count, cards) =>
      count
        ? `Rien n’est perdu : ${counted} ${count > 1 ? "sont" : "est"} ${cards ? "gardée" : "gardé"}${count > 1 ? "s" : ""}.`
        : "Vos réponses et votre liste sont gardées.",
    /** @param {string[]} ids of the outputs that are not whole yet */
    later: (ids) => {
      const many = ids.length > 1 || ids.some(isMany);
      const all = ids.every((id) => id === "cards" || id === "labels") ? "complète" : "complet";
      return `${capital(joined(ids.map(the)))} ${many ? `seront ${all}s` : `sera ${all}`} à la reprise`;
    },
    progress: "Avancement",
    /** @param {string} total */
    of: (total) => `sur ${total}`,
    /** @param {string} done @param {string} total with its noun @param {string} rest */
    far: (done, total, rest) => `${done} sur ${total}${rest ? `, ${rest}` : ""}`,
    /** @param {string} count */
    leaflets: (count) => n(count, "dépliant"),
    /** @param {string} count */
    cards: (count) => n(count, "carte"),
    /** @param {number} count */
    secondsLeft: (count) => `encore ${n(count, "seconde")} environ`,
    /** @param {number} count */
    minutesLeft: (count) => `encore ${n(count, "minute")} environ`,
    starting: "On prépare…",
    soon: "Quelques instants encore…",
    stop: "Arrêter",
    done: "fait",
    then: "ensuite",
    last: "Dernière page composée",
    /** @param {string} count with its noun */
    leftRunning: (count) => `Arrêter garde tout ce qui est fait : ${count}.`,
    /** @param {string} id of the output */
    leftWhole: (id) => `${capital(the(id))} ${isMany(id) ? "se font" : "se fait"} d’une traite : arrêter fait tout reprendre.`,
    /** @param {string} time */
    leftStopped: (time) => `Arrêtée à votre demande à ${time}.`,
    /** @param {string} cause @param {string} time */
    leftFault: (cause, time) => `${cause} : interrompue à ${time}.`,
    /** @param {string} time */
    leftFull: (time) => `Interrompue à ${time}, faute de place.`,
    /** @param {string} count @param {boolean} cards */
    rest: (count, cards) => n(count, cards ? "restante" : "restant"),
    /** @param {string} counted with its noun */
    toMake: (counted) => `${counted} à y mettre`,
    /** @param {string} count @param {number} left @param {boolean} cards */
    resume: (count, left, cards) =>
      left > 1 ? `Reprendre les ${count} ${cards ? "restantes" : "restants"}` : "Reprendre",
    /** @param {string} counted with its noun @param {number} count @param {boolean} cards */
    keptRow: (counted, count, cards) =>
      `${counted} ${cards ? "finie" : "fini"}${count > 1 ? "s" : ""}, ${cards ? "relue" : "relu"}${count > 1 ? "s" : ""}`,
    /** @param {string} id of the output */
    again: (id) => `Recommencer ${the(id)}`,
    /** @param {string} button */
    thenResume: (button) => `Appuyez ensuite sur « ${button} ».`,
    choose: "Revenir au choix",
    otherPlace: "Choisir un autre dossier…",
    inPlace: "Dossier",
    changePlace: "Changer…",
    /** @param {string} folder */
    moved: (folder) => `Les fichiers iront dans ${folder}`,
    /**
     * @param {string} free
     * @param {boolean} kept something that was finished is there already
     * @param {string} button
     */
    movedText: (free, kept, button) =>
      `${free && `Il y reste ${free}. `}${kept ? "Ce qui est fini y est déjà. " : ""}Appuyez sur « ${button} ».`,
    place: {
      title: "Choisir un autre dossier",
      lead: "Les fichiers iront là, dans un dossier à part. La campagne et la liste restent où elles sont.",
      found: "Là où il y a assez de place",
      none: "On ne trouve ici ni clé USB ni dossier avec assez de place. Branchez une clé, puis rouvrez cette fenêtre.",
      /** @param {string} size */
      free: (size) => `${size} libres`,
      other: "Un autre dossier",
      /** @param {"windows" | "mac" | "other"} system */
      otherHint: (system) =>
        ({
          windows:
            "Ouvrez le dossier, cliquez dans la barre d’adresse en haut de sa fenêtre, copiez et collez ici.",
          mac: "Cliquez sur le dossier dans le Finder, tapez Option + Commande + C, puis collez ici.",
          other: "Ouvrez le dossier, tapez Ctrl + L : son adresse s’affiche. Copiez-la et collez-la ici.",
        })[system],
      /** @param {string} address */
      example: (address) => `Par exemple : ${address}`,
      election: "Élections",
      /** @param {string[]} names of the folders above @param {string} address as an example */
      above: (names, address) =>
        `Choisissez ${names.length > 1 ? "un dossier" : `« ${names[0]} »`} ci-dessus, ` +
        `ou collez l’adresse entière, par exemple ${address}.`,
      take: "Prendre ce dossier",
    },
    /** @param {string} id of the output */
    againWhole: (id) =>
      `${capital(the(id))} ${isMany(id) ? "sont" : "est"} à refaire en entier ; vos réponses et votre liste sont gardées.`,
    /** @param {string} count @param {number} total */
    doneTitle: (count, total) => (total ? `C’est fait : ${n(count, "dépliant")}` : "C’est fait"),
    /** @param {string} seconds @param {boolean} codesRead @param {number} faults */
    doneLead: (seconds, codesRead, faults) =>
      `Fabriqués en ${seconds} s et relus, ${codesRead ? "codes compris" : "sauf les codes"}, ` +
      (faults ? `${n(faults, "point")} à regarder ci-dessous.` : "sans un défaut."),
    /** @param {number} count */
    toLookAt: (count) => `${n(count, "point")} à regarder`,
    leftDone: "Une liste corrigée plus tard ? Seuls les dépliants changés seront refaits.",
    files: "Vos fichiers",
    openFolder: "Ouvrir le dossier",
    save: "Enregistrer",
    spreadsheet: "Tableur",
    folder: "dans le dossier",
    /** @param {string} count */
    otherFiles: (count) => `… et ${n(count, "autre fichier", "autres fichiers")}.`,
    /** @param {string} folder */
    alsoIn: (folder) => `Ils sont dans ${folder}.`,
    /** @param {string} folder */
    alsoNamed: (folder) => `Une copie reste dans ${folder}.`,
    /** @param {string} name */
    onDisk: (name) => `dans le dossier : ${name}`,
    /** @type {Record<string, string>} what other files are called when they are saved */
    savedNames: {
      cards: "cartes",
      labels: "etiquettes-d-adresse",
      drafts: "releve-des-brouillons",
      book: "depliants-a-feuilleter",
    },
    savedPart: "-choisies",
    /**
     * What a file is called when it is saved, without its document and its ending.
     * @param {string} output
     * @param {string} copies
     */
    savedAs: (output, copies) =>
      output === "packing-list"
        ? "liste-de-livraison"
        : `${output === "copier" ? "photocopieur" : "imprimeur"}-${copies}-${isOne(copies) ? "exemplaire" : "exemplaires"}`,
    /** @param {string} copies */
    before: (copies) => (isOne(copies) ? "Avant d’imprimer" : `Avant d’imprimer les ${copies}`),
    /** @param {string} files */
    countFiles: (files) => `${files} PDF`,
    /** @param {string} schools */
    countSchools: (schools) => n(schools, "établissement"),
    test: "Imprimer une feuille d’essai",
    how: /** @type {{drawing: "scale" | "edge" | "trial", title: string, text: string}[]} */ ([
      {
        drawing: "scale",
        title: "Échelle 100 %",
        text: "Choisissez « Taille réelle ». Jamais « Ajuster à la page ».",
      },
      { drawing: "edge", title: "Recto verso, bord long", text: "La page tourne comme celle d’un livre." },
      {
        drawing: "trial",
        title: "Une feuille d’essai",
        text: "Mesurez le trait imprimé : 50 mm. Scannez le code avec votre téléphone.",
      },
    ]),
    after: "Et après ?",
    more: "Fabriquer autre chose",
    pack: "Envoyer la campagne à une autre section",
    packText: "Un fichier .leaflet, sans votre liste.",
    /** @param {string} file */
    packed: (file) => `« ${file} » est enregistré. Il ne contient pas votre liste.`,
    poster: "Une affiche pour la salle des personnels",
    list: "Votre liste",
    listKept: "Elle est gardée sur cet ordinateur pour pouvoir refaire un dépliant. À effacer après le vote.",
    erase: "L’effacer maintenant…",
  },
  erase: {
    keep: "Garder",
    list: {
      title: "Effacer la liste et sa copie corrigée ?",
      text: "Les dépliants restent ; pour en refaire un, il faudra redéposer la liste.",
      erase: "Effacer la liste",
    },
    people: {
      title: "Effacer les noms et leurs cartes ?",
      text: "Les cartes faites avec ces noms s’effacent aussi, même dans le ZIP : imprimez-les d’abord. Ce qui ne porte pas de nom reste, et une liste que vous aviez rangée vous-même dans ce dossier.",
      erase: "Effacer les noms et les cartes",
    },
  },
  welcome: {
    tab: "Accueil",
    title: "Que voulez‑vous préparer ?",
    lead: "Dix minutes suffisent. Vous pouvez vous arrêter à tout moment et revenir : rien ne se perd.",
    again: "Bonjour à nouveau",
    againLead: "Votre campagne est là où vous l’avez laissée.",
    leaflets: {
      name: "Des dépliants pour mes\u00a0établissements",
      text: "J’ai une liste d’écoles, de collèges ou de lycées. Chacun reçoit un dépliant à son nom.",
      go: "Préparer des dépliants",
    },
    cards: {
      name: "Des cartes pour mes collègues",
      text: "J’ai une liste de noms. Chacun reçoit une carte aide-mémoire, imprimée sur mes\u00a0planches.",
      go: "Préparer des cartes",
    },
    dossier: {
      name: "Une campagne qu’on m’a envoyée",
      text: "Ma fédération m’a transmis un fichier qui finit par .leaflet. J’y ajoute ma liste.",
      go: "Ouvrir le fichier",
    },
    withThis: "Avec cette campagne",
    cardsToo: {
      name: "Des cartes pour mes collègues",
      text: "Mêmes dates, même portail : il ne manque que les noms. Dans un dossier à part.",
      go: "Coller les noms",
    },
    leafletsToo: {
      name: "Des dépliants pour mes\u00a0établissements",
      text: "Mêmes dates, même portail : il ne manque que la liste. Dans un dossier à part.",
      go: "Donner la liste",
    },
    another: {
      name: "Une autre campagne",
      text: "Un nouveau dossier, à côté. Celle-ci reste comme elle est.",
      go: "La commencer",
    },
    dossierToo: {
      name: "Une campagne qu’on m’a envoyée",
      text: "Un fichier qui finit par .leaflet, dans un dossier à lui.",
      go: "Ouvrir le fichier",
    },
    others: "Vos autres campagnes",
    /** @param {string} folder */
    isNew: (folder) => `Dans un nouveau dossier : « ${folder} ».`,
    /** @param {boolean} cards @param {string} folder */
    ofKind: (cards, folder) => `${cards ? "Cartes" : "Dépliants"} · « ${folder} »`,
    open: "Ouvrir",
    here: "Tout reste sur cet ordinateur",
    hereText: "Aucune liste, aucun nom, aucune adresse ne part sur internet.",
    seeYourself: "Vérifiez-le vous-même",
    cut: " : coupez la connexion, tout marche encore.",
    /** @param {string} name @param {string} word */
    standing: (name, word) => `${name} : ${word}`,
    /** @param {string} day empty for today @param {string} time @param {string} folder */
    changed: (day, time, folder) => [`Modifiée ${day ? `le ${day}` : "aujourd’hui"} à ${time}`, `Dans ${folder}`],
    /** @param {string} name */
    resume: (name) => `Reprendre à « ${name} »`,
  },
  drawings: {
    title: "Pour voter,",
    subtitle: "je me prépare maintenant",
    portal: "Le portail",
    days: "Vote : 3 – 10 déc. 2026",
    password: "Mon mot de passe élections",
  },
  dossier: {
    tab: "Une campagne qu’on m’a envoyée",
    gone: "Rouvrez le fichier depuis l’accueil.",
    title: "La campagne qu’on vous a envoyée",
    /** @param {string} campaign @param {string} day @param {string} publisher */
    lead: (campaign, day, publisher) =>
      `${campaign}. Préparée${publisher && ` par ${publisher}`}${day && ` le ${day}`}.`,
    yoursMissing: " Il ne manque que ce qui\u00a0est\u00a0à\u00a0vous.",
    /** @param {string} day */
    over: (day) => `Ce vote s’est terminé le ${day}`,
    overText: "Demandez la campagne de cette année à qui vous a envoyé ce fichier.",
    compare: "Avant de vous en servir, comparez le portail à votre notice de vote",
    compareText: "Ce fichier écrira partout :",
    compareWhy: "Un faux fichier pourrait mener ailleurs.",
    same: "C’est bien l’adresse de ma notice",
    left: "Comparez d’abord le portail à votre notice.",
    leftSame: "Rien n’est encore pris de ce fichier.",
    refused: "Ce fichier ne peut pas servir.",
    use: "Utiliser cette campagne",
    useAnyway: "Utiliser quand même",
    yours: "Il vous reste trois choses",
    toYou: "à vous",
    yoursItems: /** @type {[IconName, string, string][]} */ ([
      ["pencil", "Le nom et l’adresse de votre section", "imprimés en bas du dépliant"],
      ["table", "Votre liste d’établissements", "elle ne quittera pas cet ordinateur"],
      ["phone", "Essayer l’adresse de la messagerie", "un code à scanner, une minute"],
    ]),
    inside: "Ce qu’il y a dans ce fichier",
    notice: "Dates, portail, étapes",
    /** @param {number} answered @param {number} missing */
    answered: (answered, missing) => `${n(answered, "réponse")}${missing ? `, ${missing} en blanc` : ""}`,
    /** @param {string[]} keys */
    own: (keys) =>
      capital(
        keys
          .map((key) => ({ "publisher.color": "couleur", "publisher.logo": "logo" })[key] ?? "message")
          .join(", "),
      ),
    /** @param {number} count */
    documents: (count) => n(count, "document"),
    tried: "Adresses de messagerie essayées",
    /** @param {number} count */
    academies: (count) => n(count, "académie"),
    will: "Ce que cela donnera",
    /** @param {string} name */
    willAlt: (name) => `Recto tel qu’il serait imprimé : ${name}`,
    sample: "avec un établissement d’exemple",
    harmless: "Ni liste, ni nom, ni programme : un dossier de campagne ne peut rien exécuter.",
  },
  cards: {
    names: "Les noms",
    namesLead:
      "Copiez la colonne des noms, collez\u2011la ici et dites pour quel établissement.",
    namesTodo: "à coller",
    schoolTodo: "établissement à écrire",
    whichSchool: "Les noms sont là ; il reste à dire de quel établissement.",
    /** @param {number} total @param {number} odd */
    namesWord: (total, odd) => (odd ? `${odd} à regarder` : n(total, "nom")),
    paste: "Coller les noms",
    pasteHint: "Un par ligne. « LABERT Julie », « Julie Labert » ou deux colonnes : tout est compris.",
    placeholder: "LABERT Julie\nIF Zoé\n…",
    school: "Établissement",
    town: "Commune",
    uai: "Code UAI",
    uaiHint: "Le code UAI est facultatif : avec lui, la carte donne l’adresse de votre académie.",
    leftSchool: "Écrivez encore l’établissement et sa commune.",
    orFile: "Ou choisir un fichier…",
    nameless: "Des cartes sans nom",
    never: "N’y mettez ni NUMEN, ni mot de passe, ni date de naissance : ils seraient refusés.",
    left: "Il manque les noms.",
    leftAll: "Il manque les noms et l’établissement.",
    see: "Voir la carte",
    leftRead: "Les noms sont collés ; il reste à les lire.",
    read: "Lire les noms",
    sample: "exemple, encore sans nom",
    card: "La carte",
    enlarge: "Agrandir la carte",
    /** @param {number} total @param {number} odd */
    counted: (total, odd) =>
      (total ? `${n(total, "nom")}, ${n(total, "carte")}. ` : "Aucun nom n’est lu. ") +
      (odd
        ? `${odd === 1 ? "Une ligne est" : `${odd} lignes sont`} à regarder.`
        : total === 1
          ? "Il est lu."
          : total
            ? "Tous sont lus."
            : ""),
    forSchool: "Pour quel établissement ?",
    /** @param {string} uai */
    putUai: (uai) => `Mettre ${uai}`,
    search: "Chercher un nom",
    nobody: "Aucun nom ne correspond.",
    /** @param {string} name */
    tick: (name) => `Choisir ${name}`,
    untick: "Ne plus choisir",
    /** @param {string} name */
    drop: (name) => `Retirer ${name}`,
    /** @param {number} nth */
    line: (nth) => `le n°\u00a0${nth}`,
    /** @type {Record<"new" | "mended" | "made", string>} */
    cardStates: { new: "nouvelle", mended: "corrigée", made: "carte faite" },
    /** @param {number} count */
    leftOnly: (count) => `${n(count, "choisi")}. Les autres cartes ne changent pas.`,
    /** @param {number} count */
    only: (count) => (count === 1 ? "Seulement cette carte" : `Seulement ces ${count} cartes`),
    /** @param {string[]} names */
    onlyThese: (names) =>
      names.length > 4 ? `Seulement ${names.length} cartes, choisies parmi les noms.` : `Seulement : ${names.join(", ")}.`,
    /** @param {string} total */
    ratherAll: (total) => `Plutôt les ${total} cartes`,
    /** @param {number} count */
    onlyChanged: (count) => (count === 1 ? "Une carte est nouvelle ou corrigée" : `${count} cartes sont nouvelles ou corrigées`),
    /** @param {number} count @param {boolean} label */
    makeOnly: (count, label = false) =>
      count === 1
        ? `Fabriquer seulement cette ${piece(label)}`
        : `Fabriquer seulement ces ${count} ${piece(label)}s`,
    othersStay: "Les autres ne changent pas.",
    pasteOther: "Coller une autre liste",
    tabs: "Feuilles du classeur",
    noNames: "sans noms",
    at: "Pour",
    all: "Tous",
    swap: "Échanger partout noms et prénoms",
    add: "Ajouter un nom",
    first: "Prénom",
    last: "Nom",
    caption: "Les noms collés et ce qui sera imprimé",
    nth: "N°",
    onCard: "Sur la carte",
    state: "État",
    ready: "prête",
    /** @param {string} first @param {string} last */
    parts: (first, last) => (first || !last ? `prénom : ${first || "–"} · nom : ${last || "–"}` : "imprimé tel quel"),
    nothingOdd: "Rien n’est à regarder.",
    /** @param {string} count */
    showMore: (count) => `Montrer la suite (${count})`,
    /** @param {number} total @param {number} odd */
    leftNames: (total, odd) =>
      odd ? `${n(total, "carte")}. ${n(odd, "nom")} à regarder.` : `${n(total, "carte")}, rien à confirmer.`,
    /** @param {string} name */
    mend: (name) => `Corriger ${name}`,
    keep: "Garder",
    next: "Continuer : La carte",
    sheet: "La carte",
    sheetTodo: "après les noms",
    sheetDone: "prête",
    sheetLead: "Choisissez la planche, complétez les réponses, puis fabriquez.",
    sheets: "Sur quoi imprimez-vous ?",
    reference: "Référence ou mesures",
    referenceHint: "Ce qui est écrit sur la boîte, par exemple « C32011 », « L7163 » ou « 99,1 × 38,1 »",
    fitting: "Planches qui conviennent",
    /** @param {string} width @param {string} height */
    size: (width, height) => `${width} × ${height} mm`,
    /** @param {number} sides @param {boolean} plain @returns {string} */
    kind: (sides, plain) => (plain ? "à découper" : sides > 1 ? "cartes" : "étiquettes"),
    /** @param {number} count @param {string} document @param {boolean} plain */
    perSheet: (count, document, plain) =>
      `${count} par feuille, ` +
      ({
        "memo-label": "d’un seul côté : le QR code du portail, une ligne pour le mot de passe",
        "memo-a6": "à plier : on écrit sous le pli",
      }[document] ?? "recto et verso : le portail devant, la messagerie derrière") +
      (plain ? " ; traits de coupe compris" : ""),
    /** @param {number} total @param {string} sheets */
    enough: (total, sheets) => (total ? `${n(total, "nom")} : ${sheets}` : sheets),
    plain: "Papier A4 ordinaire",
    measure: "Ma boîte n’est pas là : ses mesures",
    measureText: "Une feuille A4 de la boîte et une règle suffisent.",
    measureName: "Comment s’appelle la boîte ?",
    measureKind: "Qu’est-ce que c’est ?",
    measureKinds: ["Des étiquettes autocollantes : un seul côté", "Des cartes : recto et verso"],
    measures: [
      "largeur d’une pièce",
      "hauteur d’une pièce",
      "du bord gauche à la première",
      "du haut à la première",
      "d’une à l’autre, en largeur",
      "d’une à l’autre, en hauteur",
    ],
    measureUnit: "En millimètres, au dixième : 99,1.",
    measureKeep: "Garder ces mesures",
    tried: "Votre planche",
    triedText: "D’après vos mesures. Gardez-les, puis imprimez la feuille d’essai.",
    testText: "Sur papier ordinaire, à 100 % : posez-la sur une vraie planche, devant une fenêtre.",
    nameHint: "Imprimé au dos de la carte",
    vote: "Le vote",
    mailbox: "L’adresse de la messagerie",
    notTried: ", pas encore essayée",
    gives: " ; la carte donne",
    untried: "Sans réponse, le code ne sera pas imprimé : la carte donne le site de l’académie.",
    /** @param {string} sought */
    noSheet: (sought) => `« ${sought} » n’est pas dans notre liste. Ses mesures suffisent ; elles sont souvent au dos de la boîte.`,
    /** @param {number} count */
    found: (count) => `${n(count, "planche")} ${count > 1 ? "trouvées" : "trouvée"}.`,
    fewAnswers: "Ces réponses suffisent pour les cartes.",
    firstSheet: "Première planche",
    firstPaper: "La feuille",
    /** @param {number} total @param {number} sheets */
    onPaper: (total, sheets) => `${n(total, "carte")} à découper${sheets > 1 ? `, sur ${sheets} feuilles` : ""}.`,
    /** @param {number} count @param {boolean} plain */
    pieces: (count, plain) => n(count, plain ? "feuille" : "planche"),
    places: "Cases de la première planche",
    used: "utilisée",
    /** @param {number} place @param {boolean} used @param {number} nth */
    place: (place, used, nth) =>
      used
        ? `Case ${place}, utilisée`
        : nth
          ? `Case ${place}, carte ${nth}${nth === 1 ? ", la première" : ""}`
          : `Case ${place}, libre`,
    begun: "Planche entamée ? Touchez la première case libre.",
    /** @param {string} total @param {string} sheets @param {number} start @param {boolean} label */
    leftSheets: (total, sheets, start, label) =>
      `${n(total, piece(label))} sur ${sheets}${start > 1 ? `, depuis la case ${start}` : ""}.`,
    /** @param {number} count */
    leftBlank: (count) => `Il manque encore ${n(count, "réponse")}.`,
    toBlank: "Aller à la réponse",
    /** @param {string} sheet @param {number} places @param {boolean} label */
    leftNameless: (sheet, places, label) => `Sans nom : ${sheet} de ${n(places, piece(label))}.`,
    /** @param {string} total @param {boolean} label */
    make: (total, label) =>
      isOne(total) ? `Fabriquer ${label ? "l’étiquette" : "la carte"}` : `Fabriquer les ${total} ${piece(label)}s`,
    makeNameless: "Fabriquer une planche",
    printing: "Imprimer",
    printTodo: "en dernier",
    printDone: "prêtes",
    printStale: "à refaire",
    /** @param {string} total */
    staleTitle: (total) => (isOne(total) ? "La carte est à refaire" : `${total} cartes sont à refaire`),
    staleLead: "Quelque chose a changé depuis leur fabrication.",
    leftStale: "Les cartes faites avant ne sont plus à jour.",
    /** @param {string} total */
    makeAgain: (total) => (isOne(total) ? "Refaire la carte" : `Refaire les ${total} cartes`),
    /** @param {string} count @param {number} total @param {boolean} label */
    doneTitle: (count, total, label) =>
      total > 1 ? `${count} ${piece(label)}s sont prêtes` : label ? "L’étiquette est prête" : "La carte est prête",
    /** @param {string} sheets @param {number} count of them */
    doneLead: (sheets, count) => `${sheets}, ${count > 1 ? "relues" : "relue"} carte par carte.`,
    beforePrinting: "Avant d’imprimer",
    shifted: "Les cadres sont décalés ?",
    shiftedItems: [
      "Échelle : 100 % ou « Taille réelle », jamais « Ajuster à la page ».",
      "Papier : A4, et les mêmes marges pour le recto et le verso.",
      "Toujours décalés du même côté ? Poussez le guide du bac contre les planches, puis refaites l’essai.",
    ],
    print: "Imprimer sans gâcher une planche",
    test: "Imprimer la feuille d’essai",
    /** @param {number} sheets */
    open: (sheets) => (sheets === 1 ? "Ouvrir la planche (PDF)" : `Ouvrir les ${sheets} planches (PDF)`),
    how: /** @type {{drawing: "scale" | "edge" | "trial", title: string, text: string}[]} */ ([
      {
        drawing: "trial",
        title: "Essai sur papier",
        text: "Posez la feuille d’essai sur une planche, devant une fenêtre : les cadres se recouvrent.",
      },
      { drawing: "scale", title: "Échelle 100 %", text: "« Taille réelle », jamais « Ajuster »." },
      { drawing: "edge", title: "Bord long", text: "Le verso tombe derrière le bon nom." },
    ]),
    hand: "Remettre les cartes",
    handItems: [
      "Chacun remplit la sienne à la main.",
      "Le code de vote reste sur la notice, jamais sur la carte.",
      "La carte est détruite après le vote.",
    ],
    namesKept: "Ils sont gardés sur cet ordinateur, pour une carte de plus. À effacer après le vote.",
    eraseNames: "Effacer les noms…",
    leftDone: "Un nom oublié ? Le reste ne change pas.",
  },
  lock: {
    title: "Cette campagne est déjà ouverte",
    /** @param {string} who @param {string} since @param {string} title of the campaign */
    lead: (who, since, title) =>
      `${who || OTHER} travaille sur ${title ? `« ${title} »` : "cette campagne"} depuis ${since}. ` +
      "Deux personnes à la fois se déferaient leur travail.",
    now: "En ce moment",
    /** @param {string} time */
    saved: (time) => `Dernier enregistrement à ${time}.`,
    /** @param {string} who */
    left: (who) =>
      `${who || THEY} a fermé son ordinateur sans quitter ? Prenez la main : rien de ce qui est fait ne sera perdu.`,
    what: "Que voulez-vous faire ?",
    watch: "Regarder sans rien changer",
    /** @param {string} who */
    watchText: (who) => `La page suit ${who || small(THEY)} pas à pas.`,
    watchButton: "Regarder",
    copy: "Travailler sur une copie",
    /** @param {string} folder */
    copyText: (folder) => `« ${folder} (copie) », à côté de l’original, qui ne change pas.`,
    copyButton: "Faire une copie",
    take: "Prendre la main",
    /** @param {string} who */
    takeText: (who) => `${who || THEY} ne perd rien et passe en lecture ; sa page le lui dira à la prochaine action.`,
    takeButton: "Prendre la main…",
    /** @param {string} who */
    sure: (who) => `Prendre la main à ${who || small(OTHER)} ?`,
    /** @param {string} who */
    sureText: (who) =>
      `Rien de ce qui est fait ne sera perdu. Si ${who || small(THEY)} est encore à l’ordinateur, prévenez d’abord : ` +
      "sa fenêtre ne pourra plus rien changer.",
  },
  broken: {
    title: "La campagne ne s’ouvre pas",
    lead: "Son fichier a été modifié hors de leaflet. Vos listes sont là, et rien n’a été effacé.",
    what: "Que voulez-vous faire ?",
    back: "Reprendre la version d’avant",
    /** @param {string} change the last one made here @param {string} time */
    backText: (change, time) =>
      `La campagne telle qu’elle était${time ? ` à ${time}` : " avant votre dernière action ici"}. ` +
      `Une seule action sera à refaire : « ${change} ». Le fichier modifié reste gardé : « Rétablir » y ramène.`,
    backButton: "Reprendre cette version",
    mended: "Quelqu’un l’a réparé ?",
    mendedText: "Le programme le relit ; s’il est bon, la campagne s’ouvre.",
    where: "Ce qu’il faut corriger dans le fichier",
    copy: "Copier",
    copied: "C’est copié",
    again: "Relire le fichier",
  },
  unfinished: {
    title: "Votre travail est là",
    /** @param {string} time */
    lead: (time) =>
      `Le programme s’est arrêté sans prévenir. Tout ce que vous aviez fait jusqu’à ${time}\u00a0est\u00a0gardé.`,
    last: "Vos dernières actions",
    open: "Une correction n’était pas finie",
    standing: "Rien n’est perdu",
    resume: "Reprendre là",
    /** @param {string} line */
    resumeLine: (line) => `Reprendre à la ligne\u00a0${line}`,
    home: "Aller à l’accueil",
    columns: "Revoir depuis les colonnes",
    happened: "Que s’est-il passé ?",
    happenedText:
      "L’ordinateur ou le programme s’est sans doute éteint d’un coup. " +
      "Chaque action est enregistrée dès qu’elle est faite : rien n’est à recommencer.",
  },
  gone: {
    title: "Le programme s’est arrêté",
    /** @param {string} time */
    text: (time) =>
      `Rien n’est perdu : tout était enregistré à ${time}, et ce que vous veniez de taper est resté sur cette page.`,
    textFresh: "Rien n’est perdu.",
    steps: ["Rouvrez leaflet comme d’habitude, par son icône.", "Cette page reprend toute seule. Ne la fermez pas."],
    retrying: "On réessaie toutes les deux secondes…",
    copy: "Copier ce que je tapais",
    copied: "C’est copié",
    retry: "Réessayer maintenant",
  },
  proof: {
    title: "Rien n’est envoyé",
    lead: "Ce n’est pas une promesse : vous pouvez le voir.",
    sent: "Envois vers internet",
    received: "Fichiers reçus d’internet",
    since: "Depuis",
    test: "L’essai qui ne trompe pas",
    testText: "Coupez le wifi ou débranchez le câble, puis fabriquez. Tout marche. Rallumez quand vous voulez.",
    kept: "Ce qui est gardé sur cet ordinateur, et où",
    /** @param {string} folder */
    folder: (folder) => `Tout est dans ${folder}.`,
    erase: "Effacer mes listes…",
    understood: "J’ai compris",
  },
  end: {
    title: "leaflet est arrêté",
    lead: "Tout est gardé. Vous pouvez fermer cet onglet ; pour continuer, rouvrez leaflet.",
  },
  browser: {
    loading: "On prépare le programme",
    /** @param {string} size */
    loadingText: (size) => `${size} viennent dans ce navigateur, une seule fois. Ensuite, rien ne part d’ici.`,
    starting: "Tout est là. On démarre…",
    elsewhere: "Cette campagne est ouverte dans un autre onglet",
    elsewhereLead: "Deux onglets à la fois se déferaient leur travail. Rien de ce qui est fait ne sera perdu.",
    here: "Continuer ici",
    title: "Rien n’est installé, rien n’est envoyé",
    lead: "Le programme tourne dans ce navigateur. Ce n’est pas une promesse : vous pouvez le voir.",
    keptHere: "Votre campagne et le programme sont gardés dans ce navigateur, et nulle part ailleurs.",
    program: "Le programme, pour la prochaine fois",
    eraseAll: "Tout effacer de ce navigateur…",
    eraseTitle: "Tout effacer de ce navigateur ?",
    eraseText: "La campagne, les listes et le programme disparaissent de cet ordinateur. Ce que vous avez enregistré ailleurs reste où c’est.",
    eraseYes: "Tout effacer",
    erased: "Tout est effacé",
    erasedLead: "Il ne reste rien dans ce navigateur. Vous pouvez fermer cet onglet.",
    unsaved:
      "Ce n’est pas gardé : ce navigateur n’a plus de place. Libérez-en, puis recommencez ; " +
      "ne fermez pas cette page avant.",
    saveNow: "Enregistrez ces fichiers : ils ne sont là que tant que cette page est ouverte.",
  },
  help: {
    title: "Aide",
    keys: "Au clavier",
    list: /** @type {[string, string][]} */ ([
      ["Tab", "d’un endroit au suivant"],
      ["Entrée", "garder, et passer à la case suivante"],
      ["Échap", "laisser la case comme elle était, fermer"],
      ["Ctrl+Z / Ctrl+Y", "annuler, rétablir"],
      ["Alt+1 / Alt+5", "d’une étape à l’autre"],
      ["Ctrl+V", "coller une liste ou des noms"],
      ["← / →", "établissement précédent, suivant, sur la page"],
      ["F6", "du travail à la page, et retour"],
      ["Ctrl+P", "la feuille d’essai, une fois fabriquée"],
    ]),
    stations: {
      welcome: ["Choisissez une porte. Vous pourrez toujours revenir ici par « leaflet », en haut à gauche."],
      dossier: [
        "Comparez l’adresse du portail à celle de votre notice.",
        "Rien n’est pris de ce fichier avant que vous le disiez.",
      ],
      election: [
        "Recopiez la notice de vote. Une réponse en blanc est hachurée sur la page.",
        "Touchez un endroit de la page pour trouver sa question.",
      ],
      list: [
        "Déposez la liste telle qu’on vous l’a envoyée, dites d’où vient chaque information, corrigez.",
        "Votre fichier n’est jamais modifié : les corrections vont dans une copie.",
      ],
      pages: ["La page à côté est la vraie. Elle change avec chaque choix et chaque mot."],
      check: ["Ce qui est à régler empêche d’imprimer ; ce qui est à regarder n’empêche rien."],
      make: ["Cochez, fabriquez. Arrêter garde tout ce qui est fait."],
      cards: ["Collez les noms, dites sur quelle planche vous imprimez, fabriquez."],
    },
  },
  trouble: {
    cutOff: "La fabrication s’est interrompue. Ce qui est fait est gardé.",
    tooBig: "Ce fichier est trop gros pour être une liste. Déposez le classeur lui-même.",
    notThere: "Le programme ne sait pas encore faire cela.",
    confused: "Le programme n’a pas pu répondre. Rien n’a été changé : recommencez.",
    watching: "Vous regardez seulement. Pour changer quelque chose, rouvrez la page et prenez la main.",
  },
};

/** @typedef {typeof texts} Words */

/**
 * Sets the spaces that French wants before high punctuation and inside quotation marks, so that no line breaks there.
 * @param {string} text
 */
export const setSpaces = (text) =>
  text
    .replace(/ ([;!?])/g, "\u202f$1")
    .replace(/ ([:»%×])/g, "\u00a0$1")
    .replace(/([«×]) /g, "$1\u00a0")
    .replace(/(\d) (h|s|mm|ko|Mo|Go)(?!\p{L})/gu, "$1\u00a0$2")
    .replace(/(\d\u00a0h) (\d)/g, "$1\u00a0$2");

/**
 * @template T
 * @param {T} value
 * @returns {T}
 */
function typeset(value) {
  /** @type {unknown} */
  let set = value;
  if (typeof value === "string") set = setSpaces(value);
  else if (typeof value === "function") set = (/** @type {unknown[]} */ ...args) => typeset(value(...args));
  else if (Array.isArray(value)) set = value.map(typeset);
  else if (value && typeof value === "object")
    set = Object.fromEntries(Object.entries(value).map(([key, text]) => [key, typeset(text)]));
  return /** @type {T} */ (set);
}

/** @type {Words} */
export const french = typeset(texts);
