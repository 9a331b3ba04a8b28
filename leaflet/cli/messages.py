"""The messages of the command line in both languages; those of faults are in ``leaflet.faults``.

They are one long table of code, which changes when a wording does: a file of data would be parsed at every start.
"""

from leaflet.faults import Lang

MESSAGES: dict[str, dict[Lang, str]] = {
    "done": {"en": "{files}, {pages} in {out}", "fr": "{files}, {pages} dans {out}"},
    "nothing": {"en": "Nothing was written.", "fr": "Rien n’a été écrit."},
    "counts": {"en": "{errors}.", "fr": "{errors}."},
    "rows": {"en": "{ready}, {error}, {warning} of {rows}.", "fr": "{ready}, {error}, {warning} sur {rows}."},
    "rows_apart": {
        "en": "{ready}, {error}, {warning} of {rows}; the last one is line {last} of the list.",
        "fr": "{ready}, {error}, {warning} sur {rows}\u00a0; la dernière est à la ligne {last} de la liste.",
    },
    "not_made": {"en": "Of the others: {things}.", "fr": "Parmi les autres\u00a0: {things}."},
    "staff_rows": {
        "en": "{faults} in rows of the staff list.",
        "fr": "{faults} dans les lignes de la liste des personnels.",
    },
    "elsewhere": {
        "en": "{faults} outside the rows of the lists: columns, campaign, template, stock or printer.",
        "fr": "{faults} hors des lignes des listes\u00a0: colonnes, campagne, modèle, planche ou imprimante.",
    },
    "in_all": {
        "en": "In all {errors}, {warnings} in the campaign and its lists.",
        "fr": "En tout {errors}, {warnings} dans la campagne et ses listes.",
    },
    "then_report": {
        "en": "leaflet report CAMPAIGN -o {out} shows the pages and judges the finished files too.",
        "fr": "leaflet report CAMPAGNE -o {out} montre les pages et juge aussi les fichiers terminés.",
    },
    "addresses": {
        "en": "{academies}, {candidates} to try. Written: {names}",
        "fr": "{academies}, {candidates} à essayer. Écrits\u00a0: {names}",
    },
    "confirmed": {"en": "{name} is confirmed in {path}", "fr": "{name} est confirmée dans {path}"},
    "without_mailbox": {
        "en": "{schools} without a QR code for the mailbox: leaflet addresses CAMPAIGN helps to find it.",
        "fr": "{schools} sans QR code vers la messagerie\u00a0: leaflet addresses CAMPAGNE aide à la trouver.",
    },
    "without": {
        "en": "To make the others all the same, without the faulty rows: --keep-going.",
        "fr": "Pour faire les autres quand même, sans les lignes en erreur\u00a0: --keep-going.",
    },
    "more": {
        "en": "… and {more} more of {code}: --faults FILE.csv writes them all.",
        "fr": "… et {code} encore {more} fois\u00a0: --faults FICHIER.csv écrit tout.",
    },
    "one_by_one": {
        "en": "One by one, with what to write: leaflet check CAMPAIGN --verbose.",
        "fr": "Une par une, avec ce qu’il faut écrire\u00a0: leaflet check CAMPAGNE --verbose.",
    },
    "faults_written": {"en": "Faults written: {names}", "fr": "Défauts écrits\u00a0: {names}"},
    "faults_copy": {
        "en": "{name} is a copy of your list, with the names in it: only you can read it; delete it once corrected.",
        "fr": "{name} est une copie de votre liste, avec les noms qu’elle contient\u00a0: vous seul "
        "pouvez la lire\u00a0; supprimez-la une fois les corrections faites.",
    },
    "left_out": {"en": "Left out because of {errors} above.", "fr": "Laissé de côté à cause de {errors} ci-dessus."},
    "notes": {
        "en": "Set in smaller type to fit: {files}; --verbose lists them.",
        "fr": "Composé en plus petit pour tenir\u00a0: {files}\u00a0; --verbose les énumère.",
    },
    "progress": {"en": "{done} of {total}{pace}  {name}", "fr": "{done} sur {total}{pace}  {name}"},
    "pace": {"en": ", {rate}/s, {left} left", "fr": ", {rate}/s, encore {left}"},
    "as_it_was": {"en": "{made}, {kept}.", "fr": "{made}, {kept}."},
    "reason_new": {"en": "new", "fr": "nouveau"},
    "reason_missing": {"en": "the file was gone", "fr": "le fichier avait disparu"},
    "reason_altered": {"en": "the file was not as it was made", "fr": "le fichier n’était plus tel que fabriqué"},
    "reason_asked": {"en": "asked for by --anew", "fr": "demandé par --anew"},
    "reason_program": {"en": "made by another version of leaflet", "fr": "fabriqué par une autre version de leaflet"},
    "reason_template": {"en": "the template has changed", "fr": "le modèle a changé"},
    "reason_theme": {"en": "the theme has changed", "fr": "le thème a changé"},
    "reason_drawings": {
        "en": "an icon or a scene has changed, or there is one more or less",
        "fr": "une icône ou une scène a changé, ou il y en a une de plus ou de moins",
    },
    "reason_letters": {
        "en": "the lists or the campaign have a letter more or less, and so have the fonts",
        "fr": "les listes ou la campagne ont une lettre de plus ou de moins, et donc les polices aussi",
    },
    "reason_logo": {"en": "the logo has changed", "fr": "le logo a changé"},
    "reason_settings": {
        "en": "settings of the document, its sheets, the printer, the publisher or the date have changed",
        "fr": "des réglages du document, de ses planches, de l’imprimante, l’éditeur ou la date ont changé",
    },
    "reason_verified": {"en": "it had not been verified", "fr": "il n’avait pas été vérifié"},
    "reason_campaign": {
        "en": "the campaign, the election or the addresses of the académie have changed",
        "fr": "la campagne, l’élection ou les adresses de l’académie ont changé",
    },
    "reason_row": {"en": "the row of the list has changed", "fr": "la ligne de la liste a changé"},
    "stale": {
        "en": "{files} of an earlier build, which this one does not make; --prune removes them:",
        "fr": "{files} d’une fabrication précédente, que celle-ci ne fait pas\u00a0; --prune les supprime\u00a0:",
    },
    "stale_kept": {
        "en": "{files} of an earlier build, which this one does not make; do not print them:",
        "fr": "{files} d’une fabrication précédente, que celle-ci ne fait pas\u00a0; à ne pas imprimer\u00a0:",
    },
    "names_more": {"en": "… and {more} more", "fr": "… et {more} de plus"},
    "interrupted_done": {
        "en": "Interrupted. {done} of {total} files are done and kept; the same command makes the rest.",
        "fr": "Interrompu. Fichiers faits et gardés\u00a0: {done} sur {total}\u00a0; la même commande fait le reste.",
    },
    "reading": {"en": "{name}, rows read: {rows}", "fr": "{name}, lignes lues\u00a0: {rows}"},
    "campaign_here": {"en": "No campaign named: {name}", "fr": "Aucune campagne indiquée\u00a0: {name}"},
    "started": {"en": "Written: {names}", "fr": "Écrits\u00a0: {names}"},
    "ask_documents": {
        "en": "Which documents? (numbers, such as 1 4; Enter takes the first)",
        "fr": "Quels documents\u00a0? (numéros, par exemple 1 4\u00a0; Entrée prend le premier)",
    },
    "document_leaflet-a4": {"en": "leaflet, A4, both sides", "fr": "dépliant A4 recto verso"},
    "document_leaflet-a5": {"en": "leaflet, A5, folded once", "fr": "dépliant A5, plié une fois"},
    "document_leaflet-trifold": {"en": "leaflet of three panels", "fr": "dépliant à trois volets"},
    "document_poster-a3": {"en": "poster, A3", "fr": "affiche A3"},
    "document_memo-card": {"en": "memo cards", "fr": "cartes aide-mémoire"},
    "columns_known": {"en": "{name}: {columns}", "fr": "{name}\u00a0: {columns}"},
    "columns_unusable": {
        "en": "A column is missing; to see which: leaflet columns {table}",
        "fr": "Il manque une colonne\u00a0; pour voir laquelle\u00a0: leaflet columns {table}",
    },
    "fill_how": {
        "en": "Enter leaves a question open. Each answer is written at once; Ctrl-C stops. "
        "Never type a password, a code or a NUMEN.",
        "fr": "Entrée laisse une question ouverte. Chaque réponse est écrite aussitôt\u00a0; Ctrl-C arrête. "
        "Ne tapez jamais de mot de passe, de code ni de NUMEN.",
    },
    "fill_stopped": {
        "en": "Interrupted; what was answered is written. To go on: leaflet fill {campaign}",
        "fr": "Interrompu\u00a0; ce qui est répondu est écrit. Pour continuer\u00a0: leaflet fill {campaign}",
    },
    "ask_missing": {
        "en": "  example: {example} · where: {where}",
        "fr": "  exemple\u00a0: {example} · où\u00a0: {where}",
    },
    "ask_verify": {
        "en": "  as it stands: {value} · where: {where}. Does your notice say the same? "
        "[y = yes, Enter = later, or what it says]",
        "fr": "  pour l’instant\u00a0: {value} · où\u00a0: {where}. Votre notice dit-elle la même chose\u00a0? "
        "[o = oui, Entrée = plus tard, ou ce qu’elle dit]",
    },
    "ask_confirm": {
        "en": "\nOpen {value} on your own device and compare it, letter by letter, with your notice de vote. "
        "Is it the same address? [y = yes, Enter = later, or the address of your notice]",
        "fr": "\nOuvrez {value} sur votre appareil et comparez, lettre par lettre, avec votre notice de vote. Est-ce "
        "bien la même adresse\u00a0? [o = oui, Entrée = plus tard, ou l’adresse de votre notice]",
    },
    "rest_confirm": {
        "en": "To be opened and compared with your notice de vote: {value}",
        "fr": "À ouvrir et à comparer à votre notice de vote\u00a0: {value}",
    },
    "rest_missing": {"en": "{count} missing: {facts}.", "fr": "Il manque {count}\u00a0: {facts}."},
    "rest_wanted": {"en": "Will stay blank: {facts}.", "fr": "Restera en blanc\u00a0: {facts}."},
    "rest_verify": {
        "en": "To be compared with your notice de vote: {facts}.",
        "fr": "À comparer à votre notice de vote\u00a0: {facts}.",
    },
    "next_fill": {"en": "Next: leaflet fill {campaign}", "fr": "Ensuite\u00a0: leaflet fill {campaign}"},
    "next_build": {
        "en": "Next: leaflet build {campaign} -o out",
        "fr": "Ensuite\u00a0: leaflet build {campaign} -o out",
    },
    "copied": {
        "en": "Copied as {name}, to be changed as you like:\n{files}",
        "fr": "Copié sous le nom {name}, à modifier à votre gré\u00a0:\n{files}",
    },
    "places": {"en": "{size}  {count} a sheet  {sides}", "fr": "{size}  {count} par feuille  {sides}"},
    "sides_one": {"en": "one side", "fr": "recto seul"},
    "sides_two": {"en": "two sides", "fr": "recto verso"},
    "none_fits": {
        "en": "{template} is made for pages of its own: no stock has their size.",
        "fr": "{template} se fait sur ses propres pages\u00a0: aucune planche n’a leur taille.",
    },
    "origin_campaign": {"en": "beside the campaign", "fr": "à côté de la campagne"},
    "origin_user": {"en": "in the user’s folder", "fr": "dans le dossier de l’utilisateur"},
    "origin_program": {"en": "comes with the program", "fr": "livré avec le programme"},
    "ran": {
        "en": "{school}, {copies}, {page} in {out}: {files}",
        "fr": "{school}, {copies}, {page} dans {out}\u00a0: {files}",
    },
    "posted": {"en": "{schools} in {out}: {files}", "fr": "{schools} dans {out}\u00a0: {files}"},
    "removed": {"en": "removed  {name}", "fr": "supprimé  {name}"},
    "purged": {"en": "{removed} in {out}; {kept}.", "fr": "{removed} dans {out}\u00a0; {kept}."},
    "emptied": {
        "en": "{out} held nothing else, and is removed.",
        "fr": "{out} ne contenait rien d’autre\u00a0: supprimé.",
    },
    "partial": {
        "en": "Remains of interrupted builds removed: {partial}.",
        "fr": "Restes de fabrications interrompues supprimés\u00a0: {partial}.",
    },
    "sheet": {
        "en": "Written: {path}. Print it on both sides at 100 %; it says what to measure and what to type then.",
        "fr": "Écrit\u00a0: {path}. Imprimez-le recto verso à 100\u00a0%\u00a0; "
        "il dit quoi mesurer et quoi taper ensuite.",
    },
    "drawing": {
        "en": "Written: {path}. Print it at 100 % and hold it, with a sheet of the stock, against the light.",
        "fr": "Écrit\u00a0: {path}. Imprimez-le à 100\u00a0% et tenez-le, avec une vraie planche, "
        "devant une fenêtre.",
    },
    "calibrated": {
        "en": "Written: {path}. Beside campaign.toml, leaflet build uses it by itself.",
        "fr": "Écrit\u00a0: {path}. À côté de campaign.toml, leaflet build l’utilise tout seul.",
    },
    "true_to_size": {"en": "The printer keeps sizes.", "fr": "L’imprimante respecte les tailles."},
    "list_schools": {
        "en": "{name}: a list of schools, {columns}",
        "fr": "{name}\u00a0: liste des établissements, {columns}",
    },
    "list_staff": {
        "en": "{name}: a staff list, {columns}; what its cells say is not shown",
        "fr": "{name}\u00a0: liste des personnels, {columns}\u00a0; le contenu des cellules n’est pas montré",
    },
    "column": {"en": "column", "fr": "colonne"},
    "field": {"en": "field", "fr": "champ"},
    "certainty": {"en": "certainty", "fr": "certitude"},
    "samples": {"en": "samples", "fr": "exemples"},
    "certainty_exact": {"en": "exact", "fr": "exact"},
    "certainty_normalised": {"en": "same name", "fr": "même nom"},
    "certainty_synonym": {"en": "known name", "fr": "nom connu"},
    "certainty_campaign": {"en": "campaign", "fr": "campagne"},
    "certainty_proposed": {"en": "proposed", "fr": "proposé"},
    "certainty_unused": {"en": "not used", "fr": "non utilisée"},
    "certainty_unknown": {"en": "unknown", "fr": "inconnue"},
    "certainty_refused": {"en": "refused", "fr": "refusée"},
    "missing": {"en": "Missing and needed: {fields}", "fr": "Manquent et sont nécessaires\u00a0: {fields}"},
    "to_map": {
        "en": "If a column is it, write it into the campaign, under [columns.{kind}]: {line}",
        "fr": "Si une colonne l’est, écrivez-la dans la campagne, sous [columns.{kind}]\u00a0: {line}",
    },
    "column_name": {"en": "name of the column", "fr": "nom de la colonne"},
    "absent": {"en": "Not there, and not needed: {fields}", "fr": "Absents, mais facultatifs\u00a0: {fields}"},
    "unused": {"en": "Known and not used: {columns}", "fr": "Connues et non utilisées\u00a0: {columns}"},
    "to_store": {
        "en": "What is proposed is not taken yet. If it is right, type: {command}",
        "fr": "Ce qui est proposé n’est pas encore pris. Si c’est juste, tapez\u00a0: {command}",
    },
    "stored": {
        "en": "Written into {campaign}; nothing else was changed there:",
        "fr": "Écrit dans {campaign}\u00a0; rien d’autre n’y a changé\u00a0:",
    },
    "nothing_to_store": {"en": "Nothing to write into {campaign}.", "fr": "Rien à écrire dans {campaign}."},
    "other_list": {
        "en": "{campaign} does not read this list but {other}.",
        "fr": "{campaign} ne lit pas cette liste, mais {other}.",
    },
    "judged": {"en": "{files}, {errors}, {warnings}.", "fr": "{files}, {errors}, {warnings}."},
    "judged_by_packages": {
        "en": "With the rules of packages, too: {names}.",
        "fr": "Avec les contrôles de paquets aussi\u00a0: {names}.",
    },
    "for_schools": {"en": "for {schools}: {names}", "fr": "pour {schools}\u00a0: {names}"},
    "in_files": {"en": "in {files}: {names}", "fr": "dans {files}\u00a0: {names}"},
    "on_pages": {"en": "on pages {names}", "fr": "aux pages {names}"},
    "checks_notes": {
        "en": "Besides, {notes}; --verbose lists them.",
        "fr": "De plus, {notes}\u00a0; --verbose les énumère.",
    },
    "time_each": {
        "en": "{each} ms a file: opening {opening}, reading {reading}, rules {rules}. The slowest rules:",
        "fr": "{each} ms par fichier\u00a0: ouverture {opening}, lecture {reading}, contrôles {rules}. "
        "Les contrôles les plus lents\u00a0:",
    },
    "time_rule": {"en": "{code}  {each} ms", "fr": "{code}  {each} ms"},
    "other_rows": {
        "en": "{faults} on other lines of the lists; leaflet check tells which.",
        "fr": "{faults} sur d’autres lignes des listes\u00a0; leaflet check dit lesquels.",
    },
    "personal_pictures": {
        "en": "These pictures show names: only you can open them; delete {out} once you have looked at them.",
        "fr": "Ces images montrent des noms\u00a0: vous seul pouvez les ouvrir\u00a0; "
        "supprimez {out} après les avoir regardées.",
    },
    "packed": {
        "en": "{out}: the campaign with {files}, without its lists",
        "fr": "{out}\u00a0: la campagne, soit {files}, sans ses listes",
    },
    "unpacked": {"en": "{folder}: {title}, from {publisher}", "fr": "{folder}\u00a0: {title}, de {publisher}"},
    "compare_portal": {
        "en": "Compare the portal with your notice before you use this: {portal}",
        "fr": "Avant de vous en servir, comparez le portail à votre notice de vote\u00a0: {portal}",
    },
    "studio_open": {
        "en": "The campaign in {folder} is at {url} (Ctrl-C to end)",
        "fr": "La campagne du dossier {folder} s’ouvre à l’adresse {url} (Ctrl-C pour finir)",
    },
    "studio_idle": {
        "en": "Nobody has had the page open for an hour: the program has ended, everything is saved.",
        "fr": "La page n’est plus ouverte depuis une heure\u00a0: le programme s’est arrêté, tout est enregistré.",
    },
    "reported": {"en": "{verdict} {changes}. Written: {names}", "fr": "{verdict} {changes}. Écrit\u00a0: {names}"},
    "diff_added": {"en": "added", "fr": "ajouté"},
    "diff_removed": {"en": "removed", "fr": "supprimé"},
    "diff_changed": {"en": "changed", "fr": "modifié"},
    "diff_unreadable": {"en": "not compared", "fr": "non comparé"},
    "diff_same-content": {"en": "same content, other bytes", "fr": "même contenu, autres octets"},
    "diff_renamed": {
        "en": "same record, file renamed: {old} → {new}",
        "fr": "même document, fichier renommé\u00a0: {old} → {new}",
    },
    "diff_page": {"en": "page {number}", "fr": "page {number}"},
    "diff_page_from": {"en": "page {number} (was page {old})", "fr": "page {number} (était la page {old})"},
    "diff_page_added": {"en": "page {number}: added", "fr": "page {number}\u00a0: ajoutée"},
    "diff_page_removed": {
        "en": "page {number} of the old file: removed",
        "fr": "page {number} de l’ancien fichier\u00a0: supprimée",
    },
    "diff_same": {
        "en": "the same differences elsewhere, {things}: {names}",
        "fr": "les mêmes différences ailleurs, {things}\u00a0: {names}",
    },
    "diff_size": {"en": "size: {old} mm → {new} mm", "fr": "format\u00a0: {old}\u00a0mm → {new}\u00a0mm"},
    "diff_area": {
        "en": "looks different: {width} × {height} mm, {x} mm from the left, {y} mm from the top",
        "fr": "aspect différent\u00a0: {width} × {height}\u00a0mm, à {x}\u00a0mm du bord gauche, {y}\u00a0mm du haut",
    },
    "diff_more": {
        "en": "… and {count} more; --format json gives all",
        "fr": "… et {count} de plus\u00a0; --format json donne tout",
    },
    "diff_link_changed": {
        "en": "link leads elsewhere: {old} → {new}",
        "fr": "le lien mène ailleurs\u00a0: {old} → {new}",
    },
    "diff_link_added": {"en": "new link: {new}", "fr": "nouveau lien\u00a0: {new}"},
    "diff_link_removed": {"en": "link is gone: {old}", "fr": "lien disparu\u00a0: {old}"},
    "diff_link_moved": {"en": "link is at another place: {new}", "fr": "lien à une autre place\u00a0: {new}"},
    "diff_order": {
        "en": "looks the same, but is read in another order",
        "fr": "même aspect, mais lu dans un autre ordre",
    },
    "diff_notes": {
        "en": "form fields or comments differ",
        "fr": "des champs de formulaire ou des commentaires diffèrent",
    },
    "diff_hidden": {
        "en": "words or links that differ, not shown: {count}; the file holds names, --show-personal shows them",
        "fr": "mots ou liens différents, non montrés\u00a0: {count}\u00a0; le fichier contient des noms, "
        "--show-personal les montre",
    },
    "diff_property": {
        "en": "{name}: “{old}” → “{new}”",
        "fr": "{name}\u00a0: «\u00a0{old}\u00a0» → «\u00a0{new}\u00a0»",
    },
    "diff_property_title": {"en": "title", "fr": "titre"},
    "diff_property_author": {"en": "author", "fr": "auteur"},
    "diff_property_language": {"en": "language", "fr": "langue"},
    "diff_property_claims": {"en": "standards claimed", "fr": "normes annoncées"},
    "diff_property_tags": {"en": "structure for screen readers", "fr": "structure pour lecteurs d’écran"},
    "diff_property_alternative": {"en": "read out instead of pictures", "fr": "lu à la place des images"},
    "diff_property_duplex": {"en": "printing on both sides", "fr": "impression recto verso"},
    "diff_property_scaling": {"en": "scaling when printed", "fr": "échelle à l’impression"},
    "diff_property_profile": {"en": "colour profile", "fr": "profil de couleurs"},
    "diff_property_actions": {"en": "starts by itself when opened", "fr": "se lance tout seul à l’ouverture"},
    "diff_pictures": {"en": "pictures: {path}", "fr": "images\u00a0: {path}"},
    "diff_counts": {
        "en": "{changed}, {added}, {removed}, {unchanged}.",
        "fr": "{changed}, {added}, {removed}, {unchanged}.",
    },
    "diff_counts_unreadable": {"en": "{unreadable}: see above.", "fr": "{unreadable}\u00a0: voir ci-dessus."},
    "diff_counts_same": {
        "en": "Of those unchanged, {count} in other bytes with the same content.",
        "fr": "Parmi les inchangés, {count} en d’autres octets, pour le même contenu.",
    },
    "interrupted": {"en": "Interrupted. Nothing was written.", "fr": "Interrompu. Rien n’a été écrit."},
}


_COUNTED: dict[str, dict[Lang, tuple[str, str]]] = {
    "file": {"en": ("file", "files"), "fr": ("fichier", "fichiers")},
    "page": {"en": ("page", "pages"), "fr": ("page", "pages")},
    "made": {"en": ("file made", "files made"), "fr": ("fichier fabriqué", "fichiers fabriqués")},
    "error": {"en": ("error", "errors"), "fr": ("erreur", "erreurs")},
    "closed": {"en": ("closed", "closed"), "fr": ("fermée", "fermées")},
    "twice": {"en": ("twice in the list", "twice in the list"), "fr": ("en double", "en double")},
    "filtered": {"en": ("not asked for", "not asked for"), "fr": ("non demandée", "non demandées")},
    "fault": {"en": ("fault", "faults"), "fr": ("défaut", "défauts")},
    "warning": {"en": ("warning", "warnings"), "fr": ("avertissement", "avertissements")},
    "note": {"en": ("note", "notes"), "fr": ("remarque", "remarques")},
    "fact": {"en": ("fact", "facts"), "fr": ("renseignement", "renseignements")},
    "ready": {"en": ("ready", "ready"), "fr": ("prête", "prêtes")},
    "row": {"en": ("row", "rows"), "fr": ("ligne", "lignes")},
    "data_row": {"en": ("row with data", "rows with data"), "fr": ("ligne de données", "lignes de données")},
    "school": {"en": ("school", "schools"), "fr": ("établissement", "établissements")},
    "academie": {"en": ("académie", "académies"), "fr": ("académie", "académies")},
    "address": {"en": ("address", "addresses"), "fr": ("adresse", "adresses")},
    "copy": {"en": ("copy", "copies"), "fr": ("exemplaire", "exemplaires")},
    "column": {"en": ("column", "columns"), "fr": ("colonne", "colonnes")},
    "as_it_was": {"en": ("kept as it was", "kept as they were"), "fr": ("gardé tel quel", "gardés tels quels")},
    "folder": {"en": ("folder", "folders"), "fr": ("dossier", "dossiers")},
    "changed": {"en": ("file changed", "files changed"), "fr": ("fichier modifié", "fichiers modifiés")},
    "added": {"en": ("added", "added"), "fr": ("ajouté", "ajoutés")},
    "gone": {"en": ("removed", "removed"), "fr": ("supprimé", "supprimés")},
    "unchanged": {"en": ("unchanged", "unchanged"), "fr": ("inchangé", "inchangés")},
    "unreadable": {
        "en": ("file not compared", "files not compared"),
        "fr": ("fichier non comparé", "fichiers non comparés"),
    },
    "removed": {
        "en": ("file with names removed", "files with names removed"),
        "fr": ("fichier nominatif supprimé", "fichiers nominatifs supprimés"),
    },
    "kept": {"en": ("other file kept", "other files kept"), "fr": ("autre fichier gardé", "autres fichiers gardés")},
}


def format_count(number: int, thing: str, lang: Lang) -> str:
    """Format « 1 file » or « 2 files »; in French nought is singular, too."""
    one, many = _COUNTED[thing][lang]
    singular = number == 1 or (lang == "fr" and number == 0)
    return f"{number} {one if singular else many}"


def format_number(number: int, lang: Lang) -> str:
    """Format 12,000 in English, 12 000 in French."""
    return f"{number:,}".replace(",", {"en": ",", "fr": "\u00a0"}[lang])


def message(key: str, lang: Lang, /, **values: object) -> str:
    """Return a message in a language, its placeholders filled."""
    return MESSAGES[key][lang].format_map(values)
