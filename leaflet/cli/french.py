"""The French of help and of wrong command lines: texts of commands and options, placeholders, click's own words.

The key is the English text with its white space collapsed. Not here: what commands print (`leaflet.cli.messages`).
This module is imported when help is asked for or a command line is wrong; see `leaflet.cli.language`.
"""

TEXTS: dict[str, str] = {
    # The command itself and the list of commands
    "Leaflets for the French élections professionnelles, one PDF per school.": "Des dépliants pour les élections "
    "professionnelles, un PDF par établissement.",
    "Language of messages; the locale's by default.": "Langue des messages\u00a0; par défaut, celle du système.",
    "Go on without what other packages add.": "Continue sans ce que d’autres paquets ajoutent.",
    "Show the version and exit.": "Affiche la version, rien d’autre.",
    "Show this message and exit.": "Affiche cette aide, rien d’autre.",
    "Make the documents of a campaign, one PDF per school.": "Fabrique les documents d’une campagne, un PDF par "
    "établissement.",
    "Try and confirm the addresses of mailboxes.": "Essaie et confirme les adresses de messagerie.",
    "Make a sheet of the mailbox addresses of CAMPAIGN's académies, to try them on a telephone. With --confirm or "
    "--set, write what was tried into addresses.toml beside the campaign instead.": "Fait une feuille des adresses "
    "de messagerie des académies de CAMPAGNE, à essayer avec un téléphone.\n\n"
    "Avec --confirm ou --set, note plutôt ce qui a été essayé dans addresses.toml, à côté de la campagne.",
    "Folder to write into; that of the campaign by default.": "Dossier où écrire\u00a0; par défaut, celui de la "
    "campagne.",
    "This address was tried: lyon.webmail; may be repeated.": "Cette adresse a été essayée\u00a0: "
    "lyon.webmail\u00a0; plusieurs fois si besoin.",
    "This address was found and tried.": "Cette adresse a été trouvée et essayée.",
    "Role of who tried it, such as « secrétariat de section »; never a name.": "Rôle de qui l’a essayée, par "
    "exemple «\u00a0secrétariat de section\u00a0»\u00a0; jamais un nom.",
    "Day on which it was tried; today.": "Jour de l’essai\u00a0; par défaut, aujourd’hui.",
    "Measure a printer's offset and correct it.": "Mesure le décalage d’une imprimante et le corrige.",
    "Check campaigns and finished files; write nothing.": "Contrôle des campagnes et des fichiers finis, sans rien "
    "écrire.",
    "Show which column of a list is which field.": "Montre quelle colonne d’une liste est quoi.",
    "Compare two builds or two PDF files.": "Compare deux fabrications ou deux fichiers PDF.",
    "Write a commented campaign to start from.": "Écrit une campagne commentée pour commencer.",
    "Ask for the facts that a campaign lacks.": "Demande les renseignements qui manquent à une campagne.",
    "Put together what leaflet build --shard made.": "Réunit ce que leaflet build --shard a fabriqué.",
    "Show what a campaign makes, as pictures.": "Montre en images ce que donne une campagne.",
    "Make one file of all schools, for a printer.": "Fait un seul fichier de tous les établissements, à imprimer.",
    "Make e-mail drafts, address labels and more; send nothing.": "Prépare courriels, étiquettes d’adresse, etc., "
    "sans rien envoyer.",
    "Remove the files that hold names.": "Supprime les fichiers nominatifs.",
    "Put a campaign into one file, to pass it on.": "Met une campagne dans un seul fichier, à transmettre.",
    "Take a campaign out of the file it was passed on in.": "Sort une campagne du fichier reçu.",
    "Print the schema of a file, for editors and programs.": "Donne le schéma d’un fichier, pour éditeurs et "
    "programmes.",
    "Print what a file may hold, as JSON Schema, draft 2020-12. KIND is campaign, which editors complete with it, "
    "described in the language of messages; or manifest, events (build --json) or findings (check --format json), "
    "which programs read.": "Donne ce qu’un fichier peut contenir, en JSON Schema, version 2020-12.\n\n"
    "SORTE est campaign (campagne), que les éditeurs complètent alors, décrite dans la langue des messages\u00a0; ou "
    "manifest (liste d’une fabrication), events (build --json) ou findings (check --format json), que des programmes "
    "lisent.",
    "File to write; standard output by default.": "Fichier à écrire\u00a0; par défaut, la sortie standard.",
    "Prepare a campaign in the browser, on this machine.": "Prépare une campagne dans le navigateur, sur cet "
    "ordinateur.",
    "Show what a proposed change makes of a campaign.": "Montre ce qu’un changement proposé donne d’une campagne.",
    "Report on what was built, as a page to read.": "Fait un rapport sur ce qui a été fabriqué, en une page à lire.",
    "List templates, themes, drawings, stock and more.": "Donne les modèles, thèmes, dessins, planches, etc.",
    "Copy a template, a theme or a drawing to start from.": "Copie un modèle, un thème ou un dessin pour commencer.",
    "List what there is: name, description, where it comes from. KIND is templates, themes, formats, stock, "
    "elections, icons, scenes or mails. Of stock, it says how large the places are, how many a sheet has, and how "
    "many sides can be printed.": "Énumère ce qu’il y a\u00a0: nom, description, provenance.\n\n"
    "SORTE est templates (modèles), themes (thèmes), formats, stock (planches), elections, icons (icônes), scenes "
    "ou mails (courriels). Pour les planches, la taille des cartes ou étiquettes, leur nombre par feuille et les "
    "faces à imprimer.",
    "Of stock: what suits this template, exact sizes first.": "Pour stock\u00a0: les planches qui conviennent à ce "
    "modèle, les tailles exactes d’abord.",
    "TEMPLATE": "MODÈLE",
    "Copy something beside a campaign as NAME, to start from. KIND is template, theme, election, icon, "
    "scene or mail.": "Copie quelque chose à côté d’une campagne sous le nom NOM, pour commencer.\n\n"
    "SORTE est template (modèle), theme (thème), election, icon (icône), scene "
    "ou mail (courriel).",
    "What to copy; leaflet list names them.": "Ce qui est copié\u00a0; leaflet list en donne les noms.",
    "Folder of the campaign; the current one.": "Dossier de la campagne\u00a0; par défaut, le dossier courant.",
    # What each command does
    "Make the documents of CAMPAIGN (a campaign.toml): OUT/<document>/<uai>-<name>.pdf and OUT/manifest.json. What "
    "is there and would come out the same is not made again. OUT may be a folder, a ZIP archive (out.zip) or the "
    "address of a storage (s3://bucket/folder).": "Fabrique les documents de CAMPAGNE (un campaign.toml)\u00a0: "
    "SORTIE/<document>/<uai>-<nom>.pdf et SORTIE/manifest.json.\n\n"
    "Ce qui est déjà là et serait identique n’est pas refait. SORTIE est un dossier, une archive ZIP (out.zip) ou "
    "l’adresse d’un stockage (s3://seau/dossier).",
    "Make what goes out with the documents of CAMPAIGN; nothing is sent. KIND is drafts (one e-mail for each school, "
    "its PDF attached), table (for the mail merge of another program), labels (addresses for parcels), list (parcels "
    "to tick) or book (all leaflets in one PDF to look through). Drafts and table need what leaflet build made in "
    "OUT.": "Prépare ce qui accompagne les documents de CAMPAGNE\u00a0; rien n’est envoyé.\n\n"
    "SORTE est drafts (un brouillon de courriel par établissement, avec son PDF), table (pour le publipostage d’un "
    "autre logiciel), labels (étiquettes d’adresse des colis), list (liste des colis à cocher) ou book (tous les "
    "dépliants en un PDF à feuilleter). Les sortes drafts et table utilisent ce que leaflet build a fabriqué dans "
    "SORTIE.",
    "The document to send; by default the first one for schools.": "Document à envoyer\u00a0; par défaut, le premier "
    "qui est fait par établissement.",
    "Text of the e-mails; see leaflet list mails.": "Texte des courriels\u00a0; voir leaflet list mails.",
    "Sheet of labels; see list stock.": "Planche d’étiquettes\u00a0; voir leaflet list stock.",
    "First free place of a used sheet.": "Première place libre d’une planche entamée.",
    "Write a test sheet that shows the printer's offset; with the measures taken on it, write printer.toml. With "
    "--stock, write the drawing of a sheet; CAMPAIGN may have described it.": "Écrit une feuille de réglage qui "
    "montre le décalage de l’imprimante\u00a0; avec les mesures prises dessus, écrit printer.toml.\n\n"
    "Avec --stock, écrit le dessin d’une planche, que CAMPAGNE peut avoir décrite.",
    "Draw this sheet of stock instead, to hold against the light.": "Dessine plutôt cette planche de cartes ou "
    "d’étiquettes, à tenir devant une fenêtre.",
    "Check TARGETs and write nothing: a campaign.toml with its lists and templates, PDF files, folders of "
    "them.": "Contrôle chaque CIBLE sans rien écrire\u00a0: un campaign.toml avec ses listes et ses modèles, des "
    "fichiers PDF, des dossiers qui en contiennent.",
    "Show which column of TABLE is which field, how sure that is, what is missing and what is not used.": "Montre "
    "quelle colonne de LISTE est quoi, à quel point c’est sûr, ce qui manque et ce qui ne sert pas.",
    "Compare two builds (folders with manifest.json) or two PDF files; ends with 5 if something differs.": "Compare "
    "deux fabrications (dossiers avec manifest.json) ou deux fichiers PDF\u00a0; se termine par 5 si quelque chose "
    "diffère.",
    "Ask for every fact that CAMPAIGN lacks or that nobody has compared, and write the answers into it.": "Demande "
    "chaque renseignement qui manque à CAMPAGNE ou que personne n’a comparé, et y écrit les réponses.",
    "Write a commented campaign.toml and a list of schools into FOLDER, to start from.": "Écrit dans DOSSIER un "
    "campaign.toml commenté et une liste d’établissements, pour commencer.",
    "Take the procedure of this election over, to be verified.": "Reprend la procédure de cette élection, à "
    "vérifier.",
    "Copy this list of schools into FOLDER.": "Copie cette liste d’établissements dans DOSSIER.",
    "Template to make; may be given several times.": "Modèle à fabriquer\u00a0; peut être répété.",
    "Take the answers from a TOML file.": "Prend les réponses dans un fichier TOML.",
    "Put together what leaflet build --shard made in FOLDERS, as if one build had made it in OUT.": "Réunit dans "
    "SORTIE ce que leaflet build --shard a fabriqué dans DOSSIERS, comme si une seule fabrication l’avait fait.",
    "Show what CAMPAIGN makes, as pictures: OUT/<document>-<uai>-p1.png. "
    "To look at pages while you edit, open the window: leaflet studio FOLDER.": "Montre en images ce que donne "
    "CAMPAGNE\u00a0: SORTIE/<document>-<uai>-p1.png.\n\n"
    "Pour voir les pages en travaillant, ouvrez la fenêtre\u00a0: leaflet studio DOSSIER.",
    "Make one file of all schools of CAMPAIGN in the order of delivery, with bundle sheets and a packing "
    "list.": "Fait un seul fichier de tous les établissements de CAMPAGNE, dans l’ordre de livraison, avec des "
    "fiches de paquet et une liste de colisage.",
    "Remove the files of OUT that hold names, made per person, and say which they were. OUT is the folder of a "
    "build, or its ZIP archive, which is written anew without them.": "Supprime les fichiers nominatifs de SORTIE, "
    "faits par personne, et dit lesquels.\n\n"
    "SORTIE est le dossier d’une fabrication, ou son archive ZIP, qui est récrite sans eux.",
    "Report on what was built of CAMPAIGN, or on any FOLDER of PDF files: faults, pages, changes, hashes.": "Fait un "
    "rapport sur ce qui a été fabriqué de CAMPAGNE, ou sur un DOSSIER de fichiers PDF\u00a0: défauts, pages, "
    "changements, empreintes.",
    "Show what a change makes of CAMPAIGN: check it, build it now and as it was, compare; write all into one folder. "
    "The folder gets the report, a summary, the PDFs and the pages that changed, and what was found in the formats "
    "of code hosts. Files with names are never among them.": "Montre ce qu’un changement donne de CAMPAGNE\u00a0: la "
    "contrôle, la fabrique telle qu’elle est et telle qu’elle était, compare, et met le tout dans un dossier.\n\n"
    "On y trouve le rapport, un résumé, les PDF et les pages qui ont changé, et les défauts dans les formats des "
    "forges. Jamais un fichier nominatif.",
    # Which schools, and how their list is read
    "Of a list that is text, such as cp1252; found by default.": "Encodage d’une liste en texte, par exemple "
    "cp1252\u00a0; trouvé par défaut.",
    "Sheet of a workbook to read; may be given several times.": "Feuille du classeur à lire\u00a0; peut être donnée "
    "plusieurs fois.",
    "Row with the names of the columns.": "Ligne qui porte les noms des colonnes.",
    "Make this school only; may be given several times.": "Cet établissement seulement\u00a0; peut être répété.",
    "Schools with this value only; also != and ~. A column of the staff list alone selects people.": "Seulement les "
    "établissements qui ont cette valeur\u00a0; aussi != et ~ (contient). Une colonne de la seule liste des "
    "personnels choisit des personnes.",
    "Schools on these lines of the list only: 10-20, 10-, -20, 17,19. People: staff:12.": "Seulement les "
    "établissements de ces lignes de la liste\u00a0: 10-20, 10-, -20, 17,19. Des personnes\u00a0: staff:12.",
    "Make the cards of people of this name only, in files of their own.": "Seulement les cartes des personnes de ce "
    "nom, dans des fichiers à part.",
    "Schools in this state only, such as OUVERT.": "Seulement les établissements dans cet état, par exemple OUVERT.",
    "Order of the schools, such as postcode,town,name.": "Ordre des établissements, par exemple "
    "code_postal,commune,nom.",
    "Put back zeros lost at the head of postcodes and UAIs.": "Remet les zéros initiaux perdus des codes postaux et "
    "des UAI.",
    "Read « LycÃ©e » as « Lycée ».": "Lit «\u00a0LycÃ©e\u00a0» comme «\u00a0Lycée\u00a0».",
    "Set names typed in capitals as French does.": "Écrit à la française les noms tapés en capitales.",
    # How documents are made
    "Folder, ZIP archive or address to write into.": "Dossier, archive ZIP ou adresse où écrire.",
    "Folder to write into.": "Dossier où écrire.",
    "Leave faulty rows out instead of stopping.": "Laisse de côté les lignes en erreur au lieu de s’arrêter.",
    "Reopen and check what was written.": "Relit et contrôle ce qui a été écrit.",
    "Write all faults to FILE: .csv, .json, or .xlsx, a copy of an XLSX list.": "Écrit tous les défauts dans "
    "FICHIER\u00a0: .csv, .json ou .xlsx, copie d’une liste XLSX.",
    "List notes too, and each fault by itself.": "Énumère aussi les remarques, et chaque défaut à part.",
    "Print faults only.": "N’affiche que les défauts.",
    "Make this document of the campaign only.": "Ce document de la campagne seulement.",
    "First free place of a used card sheet.": "Première place libre d’une planche de cartes entamée.",
    "Correction of the printer; printer.toml by default.": "Réglage de l’imprimante\u00a0; printer.toml par défaut.",
    "Draw the outline of every box, for template authors.": "Dessine le contour de chaque bloc, pour les auteurs de "
    "modèles.",
    "Processes; all cores by default, if worth it.": "Nombre de processus\u00a0; par défaut tous les processeurs, si "
    "cela en vaut la peine.",
    "Have the files made by the workers of a Dask scheduler.": "Confie la fabrication aux machines d’un ordonnanceur "
    "Dask.",
    "Make the I-th of N parts only; leaflet merge puts them together.": "Ne fait que la part I sur N\u00a0; leaflet "
    "merge les réunit.",
    "Make all files again, also those that are right as they are.": "Refait tous les fichiers, même ceux qui sont à "
    "jour.",
    "Replace files that are there under the names of new ones, whoever made them.": "Remplace les fichiers qui ont "
    "déjà le nom d’un nouveau, d’où qu’ils viennent.",
    "Remove files of schools and documents that are no longer there.": "Supprime les fichiers d’établissements et de "
    "documents qui n’existent plus.",
    "Tell what happens as lines of JSON on standard output.": "Dit ce qui se passe en lignes de JSON, sur la sortie "
    "standard.",
    # calibrate
    "Folder of the test sheet and of printer.toml.": "Dossier de la feuille de réglage et de printer.toml.",
    "Front: mm from the left and the top edge to A, B.": "Recto\u00a0: mm du bord gauche à A et du haut à B.",
    "Back: mm from the left and the top edge to C, D.": "Verso\u00a0: mm du bord gauche à C et du haut à D.",
    "What the 150 mm ruler measures on paper.": "Ce que la règle de 150\u00a0mm mesure sur le papier.",
    "The edge the printer turns the sheet about.": "Bord autour duquel l’imprimante retourne la feuille\u00a0: long "
    "ou court.",
    # check
    "Check this document of the campaign only.": "Ne contrôle que ce document de la campagne.",
    "What was built from the campaign: judge it too.": "Contrôle aussi ce qui a été fabriqué de la campagne.",
    "For people (human), or for programs on standard output: json, sarif, junit, github, gitlab.": "Pour des "
    "personnes (human), ou pour des programmes, sur la sortie standard\u00a0: json, sarif, junit, github, gitlab.",
    "The same as --format json.": "Équivaut à --format json.",
    "Processes that judge finished files.": "Nombre de processus qui contrôlent les fichiers finis.",
    "Time for each file, and the slowest rules.": "Temps par fichier, et contrôles les plus lents.",
    "Judge as if it were this day; today.": "Contrôle comme si l’on était ce jour-là\u00a0; par défaut, aujourd’hui.",
    "TARGETs are changed files of a repository: check the campaigns here that use them.": "Les CIBLES sont des "
    "fichiers modifiés d’un dépôt\u00a0: contrôle les campagnes d’ici qui s’en servent.",
    "Only refuse files that hold names: staff lists of campaigns here, documents per person.": "Refuse seulement les "
    "fichiers nominatifs\u00a0: listes des personnels des campagnes d’ici, documents par personne.",
    "Do not ask this rule; may be repeated.": "Ne fait pas ce contrôle\u00a0; peut être répété.",
    "List the rules for finished files.": "Énumère les contrôles des fichiers finis.",
    # columns
    "TABLE is a staff list; nothing that its cells say is shown.": "LISTE est une liste des personnels\u00a0; le "
    "contenu de ses cellules n’est jamais montré.",
    "The campaign file; by default campaign.toml beside TABLE, if it is there.": "Le fichier de campagne\u00a0; par "
    "défaut campaign.toml à côté de LISTE, s’il y est.",
    "Store what is proposed in the campaign file.": "Garde ce qui est proposé dans le fichier de campagne.",
    "Store in the campaign file that the column HEADER is this field; may be given several times.": "Garde dans le "
    "fichier de campagne que la colonne de ce nom est ce champ\u00a0; peut être répété.",
    "Encoding of TABLE; by default the campaign's, else it is found.": "Encodage de LISTE\u00a0; par défaut celui de "
    "la campagne, sinon il est trouvé.",
    "A sheet of a workbook, by its name; several are one list.": "Une feuille d’un classeur, par son nom\u00a0; "
    "plusieurs font une liste.",
    "The line of the column names.": "La ligne des noms de colonnes.",
    "Print it for programs.": "L’affiche pour des programmes, en JSON.",
    # diff
    "Draw changed pages there: old, new, one on the other.": "Y dessine les pages modifiées\u00a0: ancienne, "
    "nouvelle, l’une sur l’autre.",
    "Show words of files that hold names; mind where they end up.": "Montre les mots des fichiers nominatifs\u00a0; "
    "attention à l’endroit où ils finissent.",
    "For whom.": "Pour qui\u00a0: des personnes (text) ou des programmes (json).",
    "List files with the same content in other bytes, and notes.": "Énumère aussi les fichiers de même contenu aux "
    "octets différents, et les remarques.",
    "Print faults only; the exit code tells.": "N’affiche que les défauts\u00a0; le code de retour dit le reste.",
    # init, merge, preview
    "Profile to start from: 2014, 2018, 2022, 2026.": "Élection de départ\u00a0: 2014, 2018, 2022 ou 2026.",
    "Folder of the pictures.": "Dossier des images.",
    "The school on this line of the list.": "L’établissement de cette ligne de la liste.",
    "The school with most to print: name and address.": "L’établissement au nom et à l’adresse les plus longs.",
    "The school with least to print.": "L’établissement au nom et à l’adresse les plus courts.",
    "The first, the longest, then evenly spread.": "Le premier, le plus long, puis d’autres régulièrement répartis.",
    "Show this document of the campaign only.": "Ne montre que ce document de la campagne.",
    "Size of the pictures.": "Finesse des images, en points par pouce.",
    # print-run
    "The document to print, if the campaign has several for schools.": "Le document à imprimer, si la campagne en a "
    "plusieurs pour les établissements.",
    "Where the list says none.": "Nombre d’exemplaires là où la liste n’en dit pas.",
    "Each leaflet once; the bundle sheet says how many copies to make.": "Chaque dépliant une seule fois\u00a0; la "
    "fiche de paquet dit combien en tirer.",
    "Leaflets only: no bundle sheets, the packing list as CSV alone.": "Les dépliants seuls\u00a0: sans fiches de "
    "paquet, liste de colisage en CSV seulement.",
    "Most pages of a volume; by default one, 15000 for --press.": "Pages d’un volume au plus\u00a0; par défaut un "
    "seul volume, ou 15000 pages avec --press.",
    "For the print shop: PDF/X-4, or PDF/VT-1.": "Pour l’imprimeur\u00a0: PDF/X-4, ou PDF/VT-1.",
    # pack, unpack
    "Put CAMPAIGN into one file (.leaflet), to pass it on. Its logo, confirmed addresses, templates and themes go "
    "with it; lists never do.": "Met CAMPAGNE dans un seul fichier (.leaflet), à transmettre.\n\n"
    "Son logo, ses adresses confirmées, ses modèles et ses thèmes l’accompagnent\u00a0; les listes, jamais.",
    "The file to write; by default the name of the campaign's folder.": "Fichier à écrire\u00a0; par défaut, du nom "
    "du dossier de la campagne.",
    "Take a campaign out of FILE (.leaflet) into a folder. What is there is not overwritten. The lists are your "
    "own.": "Sort une campagne de FICHIER (.leaflet) et la met dans un dossier.\n\n"
    "Rien de ce qui s’y trouve n’est remplacé. Les listes sont les vôtres.",
    "Folder of the campaign; by default the name of the file.": "Dossier de la campagne\u00a0; par défaut, du nom du "
    "fichier.",
    # studio
    "Prepare the campaign in FOLDER in the browser; the current folder by default. The page comes from this machine, "
    "and nothing leaves it. The program ends on the page, with Ctrl-C, or when nobody has had the page open for an "
    "hour.": "Prépare dans le navigateur la campagne de DOSSIER\u00a0; par défaut, le dossier courant.\n\n"
    "La page vient de cet ordinateur, et rien n’en sort. Le programme s’arrête depuis la page, avec Ctrl-C, ou quand "
    "la page n’est plus ouverte depuis une heure.",
    "Port of the page; a free one by default.": "Port de la page\u00a0; un port libre par défaut.",
    "Open the page in the browser.": "Ouvre la page dans le navigateur.",
    # review
    "Branch or commit to compare with, such as origin/main.": "Branche ou commit à quoi comparer, par exemple "
    "origin/main.",
    "New folder to write into.": "Nouveau dossier où écrire.",
    "PDFs to put into it.": "PDF à y mettre\u00a0: changed (modifiés), all (tous), none (aucun).",
    "Draw changed pages: old, new, one on the other.": "Dessine les pages modifiées\u00a0: l’ancienne, la "
    "nouvelle, les deux superposées.",
    "Changed files in it at most, one of each way of changing first.": "Fichiers modifiés au plus, d’abord un par "
    "sorte de changement.",
    "What ends the command badly.": "Ce qui fait échouer\u00a0: une erreur, aussi un avertissement, ou rien.",
    "For people, or annotations of GitHub on standard output.": "Pour vous (human), ou annotations de GitHub sur la "
    "sortie standard.",
    "Processes that make and check files.": "Processus qui fabriquent et contrôlent.",
    # report
    "Folder that the campaign was built into; out by default.": "Dossier où la campagne a été fabriquée\u00a0; out "
    "par défaut.",
    "An earlier build, to say what changed since.": "Une fabrication précédente, pour dire ce qui a changé depuis.",
    "The report.": "Le rapport.",
    "Write a summary in Markdown too, for a CI job.": "Écrit aussi un résumé en Markdown, pour une intégration "
    "continue.",
    "Day to judge on; today by default.": "Jour du contrôle\u00a0; par défaut, aujourd’hui.",
    "Processes that check files.": "Nombre de processus qui contrôlent les fichiers.",
    # Placeholders
    "[OPTIONS]": "[OPTIONS]",
    "COMMAND [ARGS]...": "COMMANDE [ARGUMENTS]...",
    "ADDRESS": "ADRESSE",
    "COLUMN=VALUE": "COLONNE=VALEUR",
    "NAME=ADDRESS": "NOM=ADRESSE",
    "ROLE": "RÔLE",
    "COLUMNS": "COLONNES",
    "DATETIME": "AAAA-MM-JJ",
    "FILE": "FICHIER",
    "FLOAT": "NOMBRE",
    "FOLDER": "DOSSIER",
    "FOLDERS": "DOSSIERS...",
    "INTEGER RANGE": "NOMBRE",
    "LINES": "LIGNES",
    "NAME": "NOM",
    "YEAR": "ANNÉE",
    "LIST": "LISTE",
    "NEW": "NOUVEAU",
    "OLD": "ANCIEN",
    "OUT": "SORTIE",
    "KIND": "SORTE",
    "EXISTING": "MODÈLE",
    "PATH": "CHEMIN",
    "STATE": "ÉTAT",
    "TABLE": "LISTE",
    "[CAMPAIGN]": "[CAMPAGNE]",
    "[CAMPAIGN|FOLDER]": "[CAMPAGNE|DOSSIER]",
    "[TARGET...]": "[CIBLE...]",
    "TEXT": "TEXTE",
    "YYYY-MM-DD": "AAAA-MM-JJ",
    # click: help; a colon follows the headings
    "Usage:": "Utilisation\u00a0:",
    "Options": "Options\u00a0",
    "Commands": "Commandes\u00a0",
    "Positional arguments": "Arguments\u00a0",
    "default: {default}": "par défaut\u00a0: {default}",
    "env var: {var}": "variable d’environnement\u00a0: {var}",
    # click: a wrong command line
    "Aborted!": "Interrompu.",
    "Error: {message}": "Erreur\u00a0: {message}",
    "Try '{command} {option}' for help.": "Pour l’aide, tapez\u00a0: {command} {option}",
    "Invalid value: {message}": "Valeur incorrecte\u00a0: {message}",
    "Invalid value for {param_hint}: {message}": "Valeur incorrecte pour {param_hint}\u00a0: {message}",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque le paramètre",
    "No such option {name!r}.": "Il n’y a pas d’option «\u00a0{name}\u00a0».",
    "No such command {name!r}.": "Il n’y a pas de commande «\u00a0{name}\u00a0»\u00a0; les commandes "
    "sont en anglais.",
    "Did you mean {possibility}?": "Vouliez-vous écrire «\u00a0{possibility}\u00a0»\u00a0?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous écrire l’une d’elles\u00a0: {possibilities}\u00a0?",
    "Got unexpected extra argument ({args})": "Il y a un argument de trop\u00a0: {args}",
    "Got unexpected extra arguments ({args})": "Il y a des arguments de trop\u00a0: {args}",
    "Argument {name!r} takes {nargs} values.": "L’argument {name} demande {nargs} valeurs.",
    "Option {name!r} does not take a value.": "L’option {name} ne prend pas de valeur.",
    "Option {name!r} requires an argument.": "L’option {name} demande une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L’option {name} demande {nargs} valeurs.",
    "Takes {nargs} values but 1 was given.": "Il faut {nargs} valeurs, et il y en a une.",
    "Takes {nargs} values but {len} were given.": "Il faut {nargs} valeurs, et il y en a {len}.",
    "Choose from:\n\t{choices}": "Choisissez parmi\u00a0:\n\t{choices}",
    "{value!r} is not {choice}.": "«\u00a0{value}\u00a0» n’est pas {choice}.",
    "{value!r} is not one of {choices}.": "«\u00a0{value}\u00a0» ne fait pas partie de\u00a0: {choices}.",
    "{value!r} does not match the format {format}.": "«\u00a0{value}\u00a0» n’est pas de la forme AAAA-MM-JJ.",
    "{value!r} is not a valid {number_type}.": "«\u00a0{value}\u00a0» n’est pas un nombre valable.",
    "{value} is not in the range {range}.": "{value} n’est pas dans les limites {range}.",
    "Could not open file {filename!r}: {message}": "Le fichier {filename} ne s’ouvre pas\u00a0: {message}",
}
