# Nouns with their numbers.
n-answers = { $answers ->
    [one] { $answers } réponse
   *[other] { $answers } réponses
 }
n-cards = { $cards ->
    [one] { $cards } carte
   *[other] { $cards } cartes
 }
n-leaflets = { $leaflets ->
    [one] { $leaflets } dépliant
   *[other] { $leaflets } dépliants
 }
n-names = { $names ->
    [one] { $names } nom
   *[other] { $names } noms
 }
n-pieces = { $count ->
    [one] { $count } { piece }
   *[other] { $count } { pieces }
 }
n-points = { $points ->
    [one] { $points } point
   *[other] { $points } points
 }
n-rows = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
 }
n-schools = { $schools ->
    [one] { $schools } établissement
   *[other] { $schools } établissements
 }
piece = { $label ->
    [true] étiquette
   *[false] carte
 }
pieces = { $label ->
    [true] étiquettes
   *[false] cartes
 }
numbers = aucune une deux trois quatre cinq six sept huit neuf
skip = Aller au contenu
see = Voir la page
close = Fermer
cancel = Annuler
keep = Garder
which = Voir lesquels ({ $count })
to-fill = À remplir d’abord.

## Sizes and hours

size = { $unit ->
    [kB] { $value } ko
    [MB] { $value } Mo
   *[GB] { $value } Go
 }
clock = { $hours } h { $minutes }

## The bar at the top

bar-home = , accueil
bar-tagline = Dépliants et cartes pour aller voter
bar-saved = Enregistré à { $time }
bar-unsaved = Pas enregistré depuis { $time }
bar-saving = Enregistrement…
bar-making = Fabrication en cours
bar-watching = En lecture seule
bar-undo = Annuler
bar-nothing-to-undo = Rien à annuler
bar-nothing-to-redo = Rien à rétablir
bar-undo-this = Annuler : { $what } (Ctrl+Z)
bar-redo-this = Rétablir : { $what } (Ctrl+Y)
bar-proof = Rien n’est envoyé
bar-proof-label = Rien n’est envoyé : voir la preuve
bar-help = Aide sur cette étape
bar-end = Quitter
bar-end-label = Quitter leaflet : tout est gardé
bar-end-later = Quitter leaflet, une fois la fabrication finie

## The steps

steps-label = Étapes de la campagne
station = { $id ->
    [election] L’élection
    [list] La liste
    [pages] Les pages
    [check] Vérifier
   *[make] Fabriquer
 }
steps-done-suffix = , terminé
steps-to-mend = { $count } à corriger
steps-under-way = en cours, { $percent } %
steps-stopped = { $done ->
    [0] arrêtée
   *[other] arrêtée à { $done }
 }
steps-made = fait à { $time }
steps-lacking = tout n’est pas fait
steps-shortcut = Alt+{ $nth }
steps-hidden = , étape { $nth } sur { $of }, { $state ->
    [done] terminée
    [look] à regarder
   *[todo] à faire
 }

## The bar at the bottom

bottom-unsaved = { HAS($cause) ->
    [yes] { $cause } : pas enregistré. Ce que vous avez tapé reste ici.
   *[no] Pas enregistré. Ce que vous avez tapé reste ici.
 }
bottom-full = Pas enregistré : le disque est plein. Libérez de la place, puis :
bottom-stays = Ce que vous venez de taper reste à l’écran, mais n’est pas encore enregistré.
bottom-then-save = Appuyez ensuite sur « Enregistrer à nouveau », en bas.
bottom-save-again = Enregistrer à nouveau
bottom-refused = { $count ->
    [one] 1 réponse refusée : elle n’est pas enregistrée.
   *[other] { $count } réponses refusées : elles ne sont pas enregistrées.
 }
bottom-to-refused = Aller à la réponse
bottom-refused-names = { $count ->
    [one] Une réponse à revoir : { $names }.
   *[other] { $count } réponses à revoir : { $names }.
 }
bottom-go-there = Y aller
bottom-label = Suite
bottom-undo-this = Annuler : { $what }

## The page beside a station

page-now = Votre dépliant, maintenant
page-side = Côté de la page
page-side-name = { $page ->
    [1] Recto
   *[2] Verso
 }
page-nth = Page { $page }
page-blank = { $label }, en blanc
# What stands in a hatched place.
page-short = { $key ->
    [links-portal] Portail à recopier
    [steps] Étapes
    [memo-lines] Aide-mémoire
    [publisher-message-text] Votre message
   *[other] { $label }
 }
page-blanks = { $count ->
    [one] { $count } endroit hachuré
   *[other] { $count } endroits hachurés
 }
page-alt = { $side }, comme à l’impression : { $name }
page-enlarge = Agrandir la page
page-redrawing = Mise à jour de la page…
page-up-to-date = À jour en { $seconds } s

## Questions

question-official = officiel
question-typed = recopié par vous
question-compared = comparé à la notice
question-to-compare = à comparer
question-received = reçu avec la campagne
question-blank = en blanc pour l’instant
question-example = Par exemple : { $text }
question-unsaved = pas encore enregistré { HAS($kept) ->
    [yes] (la campagne a « { $kept } »)
   *[no] { "" }
 }
question-not-saved = pas enregistrée
question-still-kept = Encore enregistré :
question-kept-nothing = Rien n’est enregistré pour cette question.
question-back-to = Revenir à « { $kept } »
question-no-day = Cette date n’existe pas. { HAS($kept) ->
    [yes] Celle d’avant est gardée.
   *[no] Rien n’est enregistré.
 }
question-understood = Compris : { $value }
question-color-picker = Nuancier
question-optional = facultatif
question-legal = demandée par la loi
question-government = Site officiel (.gouv.fr)
question-first-step = Ajouter la première étape
question-like = { $what ->
    [day] comme en { $year }, à vérifier
    [hours] heures comme en { $year }, à vérifier
   *[zone] fuseau horaire comme en { $year }, à vérifier
 }
question-official-days = dates officielles
question-same = Ma notice dit la même chose
question-leave = Laisser en blanc
question-change = Changer
question-change-this = Changer : { $label }
question-same-this = Ma notice dit la même chose : { $label }
question-leave-this = Laisser en blanc : { $label }
question-drop-logo = Déposez votre logo ici
question-logo-kinds = PNG, JPEG, SVG ou PDF ; le logo est posé sur un fond blanc, jamais recoloré
question-choose-logo = Choisir une image…
choose-another = Changer…
question-remove = Retirer
question-add-line = Ajouter une étape
question-nth = { $label }, ligne { $nth }
question-move-up = Monter « { $line } »
question-take-away = Retirer « { $line } »

## Is it the portal?

trial-title = Est-ce bien le portail de votre vote ?
trial-steps =
    Scannez ce QR code avec votre téléphone.
    Comparez le nom du site, lettre par lettre, avec votre notice de vote.
    N’y tapez rien. Répondez ici.
trial-yes = C’est bien l’adresse de ma notice
trial-no = Ce n’est pas la même adresse
trial-later = Je n’ai pas encore la notice
trial-is-later = Rien ne sera fabriqué avant que vous ayez comparé cette adresse à votre notice.
trial-now = La comparer

## L’élection

election-lead = Prenez votre notice de vote et recopiez ce qu’elle indique. Ce que vous ne savez pas encore reste en blanc ; la page vous le rappellera avant l’impression.
election-lead-like = { $count ->
    [one] Une réponse vient de { $year } : comparez-la à votre notice.
   *[other] { CAPITAL(SAID($count)) } réponses viennent de { $year } : comparez-les à votre notice.
 }{ $blank ->
    [0] { "" }
    [one] { " " }{ CAPITAL(SAID($blank, $count)) } reste en blanc.
   *[other] { " " }{ CAPITAL(SAID($blank, $count)) } restent en blanc.
 }
election-count = { n-answers } sur { $of }
election-proposed = { $count } à vérifier
election-period = { HAS($opens) ->
    [yes] Du { $start }, { $opens }, au { $to }, { $closes }
   *[no] Du { $start } au { $to }
 }{ HAS($zone) ->
    [yes] { " " }({ $zone })
   *[no] { "" }
 }
election-same-days = { $count ->
    [one] Ma notice dit la même chose pour la réponse du vote
   *[other] Ma notice dit la même chose pour les { $count } réponses du vote
 }
election-add-hours = Ajouter les heures
election-change-days = { $known ->
    [true] Changer : { $label }
   *[false] Ajouter les heures : { $label }
 }
election-rest = Pour compléter
election-rest-name = { $id ->
    [portal] page d’aide
    [steps] compte
    [notice] papier et code perdu
    [mail] courriel reçu
    [memo] conseil de l’aide-mémoire
    [own] renseignements propres à ce vote
    [publisher] couleur et message
   *[other] { $label }
 }
election-rest-count = { $count ->
    [one] { $count } question facultative
   *[other] { $count } questions facultatives
 }
election-like-title = Gagner du temps : partir des réponses de { $year }
election-like-text = Des réponses vous seront proposées. Vous pourrez garder, changer ou effacer chacune d’elles.
election-like-button = Proposer comme en { $year }
election-ringed = Entouré d’orange : à vérifier
election-left = { $answers ->
    [0] Toutes les réponses sont là.
   *[other] Encore { n-answers } en blanc. Vous pouvez continuer et y revenir.
 }
election-left-like = { n-answers } à comparer{ $own ->
    [0] { "" }
   *[other] , dont { $own } de votre main
 }{ $blank ->
    [0] { "" }
   *[other] , { $blank } en blanc
 }.
election-same-all = Ma notice dit la même chose pour les { $count }
election-next = Continuer : La liste

## La liste: the file

list-tab-refused = La liste : fichier refusé
list-lead = Un dépliant sera fait pour chaque ligne.
list-parts = Dans la liste
list-part-names =
    Fichier
    Colonnes
    Cellules
    Adresses
list-part-changes = Changements
list-drop = Déposez votre liste ici
list-drop-other = Remplacer par une autre liste
list-replace = Remplacer…
list-drop-text = Excel, LibreOffice ou CSV, telle qu’on vous l’a envoyée. Votre fichier n’est jamais modifié.
list-choose = Choisir un fichier…
list-paste = Coller des cellules
list-paste-lead = Dans votre tableur, copiez le tableau avec la ligne des titres, puis collez-le ici.
list-paste-label = Cellules copiées
list-paste-hint = Ctrl+V n’importe où sur cette page fait la même chose.
list-paste-empty = Il n’y a encore rien à lire : collez d’abord les cellules.
list-paste-read = Lire ces cellules
list-reading = Lecture de la liste…
list-left = Il manque la liste. Vous pouvez déjà regarder les pages avec un exemple.
list-left-file = La liste est lue : { n-rows }.
list-next-pages = Voir les pages
list-next-columns = Continuer : Colonnes
list-next-changes = Continuer : Changements
list-next-to-pages = Continuer : Les pages
list-needed = Ce qu’il faut dedans
list-needed-items =
    Le nom de l’établissement | obligatoire
    La commune | obligatoire
    Le code UAI, par exemple | obligatoire | 0379999T
    Le nombre d’exemplaires, l’adresse, le courriel | utile
list-none = Pas encore de liste ?
list-empty = Télécharger un tableau vide à remplir
list-empty-name = liste-etablissements.csv
list-empty-header = Nom;Commune;Code UAI;Adresse;Code postal;Exemplaires;Courriel
list-try-sample = Essayer avec 12 établissements d’exemple
list-sample =
    Code UAI	Nom	Commune	Code postal	Exemplaires
    0379980X	Collège d’exemple des Trois-Tilleuls	Tours	37000	45
    0379981Y	École d’exemple Jean-Moulin	Chinon	37500	12
    0379982Z	Lycée d’exemple des Deux-Rives	Loches	37600	60
    0379983A	École d’exemple Jules-Ferry	Amboise	37400	9
    0379984B	Collège d’exemple Louise-Michel	Chinon	37500	38
    0379985C	École d’exemple des Marronniers	Tours	37000	14
    0379986D	Lycée d’exemple du Vieux-Pont	Tours	37100	72
    0379987E	École d’exemple de la Fontaine	Loches	37600	8
    0379988F	Collège d’exemple du Val	Amboise	37400	41
    0379989G	École d’exemple des Lilas	Tours	37200	11
    0379990H	Lycée d’exemple de la Forêt	Chinon	37500	55
    0379991J	École d’exemple du Moulin	Amboise	37400	7
list-refused = Refusés, pour protéger chacun : mots de passe, codes de vote, NUMEN, listes d’élèves.
list-file-label = Fichier déposé
list-sheets = Feuilles…
list-sheets-read = { $count ->
    [one] feuille { $sheets }
   *[other] feuilles { $sheets }
 }{ $left ->
    [0] { "" }
    [one] { " " }; { $others } laissée de côté
   *[other] { " " }; { $others } laissées de côté
 }
quoted = « { $text } »
list-header = Titres à la ligne
list-facts = { n-rows } · { $columns ->
    [one] { $columns } colonne
   *[other] { $columns } colonnes
 }
list-copy = corrections dans « { $name } »

## La liste: sheets of a workbook

sheets-lead = Ce classeur contient { SAID($all) } feuilles. { $lists ->
    [0] Aucune ne contient les colonnes nécessaires. Voici ce qu’on y trouve.
    [1] Une seule est une liste d’établissements.
   *[other] { CAPITAL(SAID($lists)) } sont des listes d’établissements.
 }
sheets-caption = Que lire dans ce classeur ?
sheets-headings =
    Feuille
    Contenu
    Titres
    Lignes
    État
sheets-row = ligne
sheets-lines = { $count ->
    [one] ligne
   *[other] lignes
 }
sheets-lacks = Il manque : { $names }.
sheets-header-of = Ligne des titres de « { $name } »
sheets-is-list = liste
sheets-is-read = lue
left-out = laissée de côté
sheets-twice = Un établissement présent sur deux feuilles est signalé à l’étape « Cellules » ; il n’est jamais imprimé deux fois à votre insu.
sheets-beginning = Le début de « { $name } »
sheets-found = Les titres sont à la ligne { $row }.
sheets-no-header = Aucune ligne de titres.
sheets-up = Plus haut
sheets-down = Plus bas
sheets-left-none = Cochez la feuille à lire.
sheets-left = { $count ->
    [one] { $count } feuille choisie
   *[other] { $count } feuilles choisies
 }, { n-rows }.
sheets-next = { $count ->
    [one] Lire cette feuille
   *[other] Lire les { $count } feuilles
 }

## La liste: changes

changes-title = { $rows ->
    [0] La liste est la même
   *[other] La liste a changé
 }
changes-tab = La liste : ce qui a changé
changes-lead-same = Elle est comparée à la précédente d’après le code UAI.
changes-lead = Elle est comparée au fichier du { $before } d’après le code UAI.
changes-few = Cette liste contient moins de la moitié des établissements de la précédente. Est-ce la bonne ?
changes-few-way = Choisir une autre liste
changes-count = { $kind ->
    [new] Nouveaux
    [gone] Retirés
    [changed] Changés
   *[same] Inchangés
 }
changes-kept = { $count ->
    [one] { $count } correction reprise.
   *[other] { $count } corrections reprises.
 }
changes-there = { $count ->
    [one] Une autre se trouve maintenant dans votre fichier.
   *[other] { $count } autres se trouvent maintenant dans votre fichier.
 }
changes-left-out = { $rows ->
    [one] { $rows } ligne toujours laissée de côté.
   *[other] { $rows } lignes toujours laissées de côté.
 }
changes-columns = Revoir les colonnes
changes-caption = Ce qui a changé
changes-headings =
    Ligne
    Établissement
    Ce qui change
    État
    Action
changes-is-new = { $copies ->
    [0] Nouvelle ligne
    [one] Nouvelle ligne, { $copies } exemplaire
   *[other] Nouvelle ligne, { $copies } exemplaires
 }
changes-is-gone = N’est plus dans la liste
changes-cell = { $column } :
changes-yours = { $column } : votre correction
changes-theirs = , le fichier indique « { $text } »
changes-kind = { $kind ->
    [new] nouveau
    [gone] retiré
    [changed] changé
    [back] comme avant
   *[conflict] correction gardée
 }
changes-more = { $count ->
    [one] Encore { $count } changement.
   *[other] Encore { $count } changements.
 }
changes-all = Les voir tous
schools-ready = { $schools ->
    [one] { n-schools } est prêt.
   *[other] { n-schools } sont prêts.
 }
changes-next = Continuer : Cellules

## La liste: two rows of one school

twice-title = { $count ->
    [one] Deux lignes, un même code UAI
   *[other] Paire { $nth } sur { $count } : deux lignes, un même code UAI
 }
twice-row = Ligne { $at }
cell-empty = (vide)
twice-choice = Choix
twice-kept-row = la ligne { $at }
twice-all = Garder partout la première
twice-note = Aucun dépliant n’est fabriqué pour un établissement en double tant que vous n’avez pas choisi.
twice-keys = La touche 1 garde la première ligne ; la touche 2, la deuxième.
twice-same = Identiques
twice-part = Ce sont deux établissements…
twice-part-why = Alors l’un des deux codes UAI est faux. L’Annuaire de l’éducation donne le bon.
twice-part-row = Ligne à corriger
twice-part-code = Code UAI de { $name }
twice-part-hint = Sept chiffres et une lettre.
twice-previous = Paire précédente
twice-next = Paire suivante

## La liste: columns

columns-tab = La liste : les colonnes
columns-lead = Toutes les colonnes utiles sont trouvées.
columns-lead-ask = { $count ->
    [one] Une colonne est à choisir.
   *[other] { CAPITAL(SAID($count)) } colonnes sont à choisir.
 }
columns-caption = D’où vient chaque information
columns-headings =
    Sur le dépliant
    Dans votre liste
    Exemples
    État
columns-required = obligatoire
columns-column-for = Colonne pour : { $label }
columns-choose = Choisir une colonne…
columns-empty = Aucune colonne
columns-proposed = Proposition : « { $name } »
columns-take = Prendre « { $name } »
columns-found = trouvée
columns-chosen = choisie par vous
columns-to-choose = à choisir
columns-none = laissée vide
columns-rest = { $count ->
    [one] Facultatif : { $count } autre information
   *[other] Facultatif : { $count } autres informations
 }
columns-legend = * obligatoire
columns-rest-caption = Absent de votre liste
columns-aside = { $count ->
    [one] { $count } colonne laissée de côté
   *[other] { $count } colonnes laissées de côté
 }
columns-aside-text = { $list }. Aucune n’est imprimée.
columns-left = { $needed ->
    [0] { $count ->
        [0] Les colonnes sont prêtes.
        [one] { $count } colonne à choisir, ou à laisser vide.
       *[other] { $count } colonnes à choisir, ou à laisser vides.
     }
    [one] { $needed } colonne obligatoire à choisir.
   *[other] { $needed } colonnes obligatoires à choisir.
 }
columns-next = { $rows ->
    [one] Lire la ligne
   *[other] Lire les { $rows } lignes
 }

## La liste: cells

cells-tab = La liste : corriger
cells-lead = { $count ->
    [0] { $twice ->
        [0] Rien n’est à corriger.{ $copied ->
            [true] { " " }Vos corrections sont dans une copie ; votre fichier n’a pas changé.
           *[false] { "" }
         }
       *[other] { cells-lead-twice }
     }
    [one] Une ligne est à corriger. { cells-lead-then }
   *[other] { CAPITAL(SAID($count)) } lignes sont à corriger. { cells-lead-then }
 }
cells-lead-then = { $twice ->
    [0] Les corrections vont dans une copie ; votre fichier ne change pas.
   *[other] { cells-lead-twice }
 }
cells-lead-twice = { $twice ->
    [one] Un établissement figure deux fois : pas de dépliant pour lui
   *[other] { CAPITAL(SAID($twice)) } établissements figurent deux fois : pas de dépliant pour eux
 } tant que vous n’avez pas choisi.
cells-shown = { $show ->
    [ready] Prêts
    [mend] À corriger
    [twice] En double
    [look] À regarder
    [elsewhere] Autre portail
    [left] Laissés de côté
   *[all] Toutes les lignes
 }
cells-show = Montrer
cells-search = Chercher un nom ou une commune
cells-caption = { $what } : { $shown } sur { n-rows }
cells-headings =
    Ligne
    Établissement
    Colonne
    Le problème, et la solution
cells-line = Ligne
cells-no-name = sans nom
cells-empty-cell = cellule vide
cells-fill = Remplir la cellule
cells-mend-cell = Corriger la cellule
cells-mend-this = Corriger { $label } { $value }, ligne { $line }
cells-mend-row = Corriger la ligne { $line }
cells-mend-of = la correction de la ligne { $line }
cells-cell-label = { $label } de la ligne { $line }
cells-which-field = Colonne
cells-mended = corrigé
cells-changed = encore refusé
cells-ready = prêt
cells-take-back = Reprendre la ligne
cells-empty = Laisser la cellule vide
cells-keys = Entrée garde et passe à la cellule suivante, Échap annule.
cells-is-twice = figure deux fois
cells-choose-row = Choisir
cells-nothing = { $show ->
    [mend] Rien n’est à corriger.
    [twice] Aucun établissement ne figure deux fois.
    [look] Rien n’est à regarder.
    [elsewhere] Aucun établissement ne vote sur un autre portail.
    [left] Aucune ligne n’est laissée de côté.
   *[all] La liste est vide.
 }
cells-nothing-found = Aucune ligne ne correspond à cette recherche.
cells-left = { n-rows } à corriger. { $rows ->
    [one] Sans cette ligne
   *[other] Sans ces lignes
 }, { $leaflets ->
    [one] { n-leaflets } est prêt.
   *[other] { n-leaflets } sont prêts.
 }
cells-left-twice = { $schools ->
    [one] Un établissement attend votre choix.
   *[other] { $schools } établissements attendent votre choix.
 }
cells-next-twice = Continuer : En double
cells-next-without = { $count ->
    [one] Continuer sans cette ligne
   *[other] Continuer sans ces { $count } lignes
 }
cells-next = Continuer : Adresses

## La liste: addresses

addresses-tab = La liste : les adresses à essayer
addresses-lead = { schools-ready } { $open ->
    [0] Aucune adresse ne reste à essayer.
   *[other] Avant d’imprimer le QR code de la messagerie, essayez-le avec votre téléphone.
 }
addresses-academy = { $name } · { n-schools }
addresses-code-alt = QR code à scanner : { $url }
addresses-without = { n-schools } sans adresse à essayer : leur dépliant indique comment la trouver.
addresses-steps = { $kind ->
    [webmail]
        Scannez le QR code avec votre téléphone.
        La page demande votre identifiant et votre mot de passe ? C’est la bonne. N’y tapez rien.
        Répondez ici.
   *[other]
        Scannez le QR code avec votre téléphone.
        C’est une page de votre académie ? C’est la bonne. N’y tapez rien.
        Répondez ici.
 }
addresses-works = Ça marche, j’ai vu la page
addresses-after = à essayer ensuite
addresses-other = Une autre adresse…
addresses-give = Indiquer une adresse…
addresses-confirmed = essayée par vous
addresses-declined = non imprimée, à votre demande
addresses-decline = { $kind ->
    [webmail] Ne pas imprimer ce QR code
   *[other] Ne pas imprimer cette adresse
 }
addresses-use = { $use ->
    [printed] Imprimée
   *[waiting] Si elle marche, elle sera imprimée
 } { $kind ->
    [webmail] sous « Ma messagerie ».
   *[other] parmi les aides.
 }
addresses-attested = { $how ->
    [year] d’après une source de { $when }
    [month] d’après une source de { $when }
    [day] d’après une source du { $when }
    [given] donnée par vous, pas encore essayée
   *[never] à essayer
 }
addresses-others = { $count ->
    [one] { $count } autre adresse connue
   *[other] { $count } autres adresses connues
 }
addresses-none-known = Aucune adresse sûre n’est connue
addresses-kind = { $kind ->
    [webmail] Messagerie :
    [login] Identifiant oublié :
   *[help] Aide de la messagerie :
 }
addresses-instead = { $open ->
    [true] Sans essai, le dépliant indique : « { $text } ».
   *[false] Le dépliant indique : « { $text } ».
 }
addresses-other-label = Adresse de la messagerie
addresses-other-hint = Elle commence par https:// et finit par le nom de l’académie.
addresses-other-keep = Garder cette adresse
addresses-kept = Votre réponse est datée et gardée dans la campagne. Le fichier .leaflet la contient.
# waiting: some, all or none of these addresses are printed only once they were tried.
addresses-left = { $open ->
    [0] Les adresses sont prêtes.
    [one] { $open } adresse à essayer{ $waiting ->
        [some] { " " }avant d’imprimer.
        [all] { "" } ; à défaut, elle ne sera pas imprimée.
       *[none] { "" } ; à défaut, elle sera imprimée telle quelle.
     }
   *[other] { $open } adresses à essayer{ $waiting ->
        [some] { " " }avant d’imprimer.
        [all] { "" } ; à défaut, elles ne seront pas imprimées.
       *[none] { "" } ; à défaut, elles seront imprimées telles quelles.
     }
 }

## Les pages

pages-lead = Choisissez, écrivez : la page affichée est celle d’un établissement de votre liste.
pages-document = Le document
pages-several = Plusieurs documents à la fois
pages-others = { $count ->
    [one] Voir { $count } autre document : { $labels }
   *[other] Voir { $count } autres documents : { $labels }
 }
pages-proposed = texte proposé
pages-longest = Le nom le plus long tient sur { $lines ->
    [1] une ligne
   *[other] { SAID($lines) } lignes
 }{ HAS($usual) ->
    [yes] , à { $points } points au lieu de { $usual }.
   *[no] .
 }
pages-look = L’aspect
pages-look-of = L’aspect : { $label }
pages-words = Vos mots
pages-words-text = Écrivez : la page change aussitôt. Cliquez sur un texte de la page pour le modifier.
pages-sentences = { $count ->
    [one] La phrase de cette page
   *[other] Les { $count } phrases de cette page
 }
pages-sentence = Phrase de la page
pages-for-whom = Pour qui ?
pages-column = Ajouter une information de ma liste
pages-sentences-text = Choisissez celle que vous voulez écrire autrement.
pages-lines = { $added ->
    [true] { $rows ->
        [0] aucune ligne ajoutée
       *[other] { n-rows } de votre main
     }, et l’adresse pro
   *[false] { $rows ->
        [0] vide
       *[other] { n-rows } sur la page
     }
 }
pages-which = Quel établissement
pages-school = { $of ->
    [first] Premier
    [longest] Nom le plus long
   *[shortest] Nom le plus court
 }
pages-how = Comment le voir
pages-view = { $view ->
    [screen] Écran
   *[copy] Photocopié
 }
pages-previous = Établissement précédent
pages-following = Établissement suivant
pages-place = { $nth } sur { $of }
pages-sample = établissement d’exemple
pages-copied = Photocopié trois fois, { $lost ->
    [0] { $codes ->
        [one] le QR code se lit encore
       *[other] les { $codes } QR codes se lisent encore
     }
    [one] { $lost } QR code ne se lit plus
   *[other] { $lost } QR codes ne se lisent plus
 }
pages-copied-text = L’image imite trois copies sur un appareil usé ; { $codes ->
    [one] le QR code y a été relu.
   *[other] les { $codes } QR codes y ont été relus.
 }
pages-codes-read = { $read ->
    [one] { $read } QR code relu sur { $codes }
   *[other] { $read } QR codes relus sur { $codes }
 }
pages-take-look = Essayer l’aspect « { $label } »
pages-left = Document, aspect et mots sont prêts.
pages-left-sample = Avec un établissement d’exemple, tant que la liste manque.
pages-next = Continuer : Vérifier

## The colour

color-wrong = « { $value } » n’est pas un code de couleur. Exemple : 1f3a93, avec ou sans #.
color-title = Votre couleur
color-one = Une seule : tout le reste en découle
color-from-logo = Trouvées dans votre logo
color-usual = Couleurs proposées
color-swatch = Couleur { $color }
color-code = Code de la couleur
color-always = Toujours lisible.
color-adapted = Où votre couleur serait trop claire ou trop foncée, la page l’adapte d’elle-même.

## Vérifier

check-reading = Fabrication et relecture des pages…
check-lead = { $errors ->
    [0] { HAS($others) ->
        [yes] Rien n’empêche d’imprimer. { CAPITAL($others) }.
       *[no] Toutes les pages ont été fabriquées et relues.
     }
    [one] { CAPITAL(SAID($errors)) } chose à régler avant d’imprimer{ check-lead-others }.
   *[other] { CAPITAL(SAID($errors)) } choses à régler avant d’imprimer{ check-lead-others }.
 }
check-lead-others = { HAS($others) ->
    [yes] , { $others }
   *[no] { "" }
 }
check-lead-mends = { SAID($count) } à corriger dans la liste
check-lead-looks = { SAID($count) } à regarder
check-errors = À régler avant d’imprimer
check-mends = À corriger dans la liste
check-looks = À regarder
check-count = { $schools ->
    [true] { $count } établissements.
   *[false] { $count } fois.
 }
check-passed = Vérifié : tout va bien
check-passed-count = { $count ->
    [one] { $count } contrôle
   *[other] { $count } contrôles
 }
check-good = Tout est bon
check-good-but = Rien n’empêche d’imprimer
check-good-text = { n-schools } : tout tient, et les lignes à remplir sont vides.
check-accepted = { $count ->
    [one] { $count } point accepté par vous
   *[other] { $count } points acceptés par vous
 }
check-codes = Les QR codes seront relus à la fabrication
check-lines = Lignes { $lines }{ $others ->
    [0] .
    [one] { " " }et { $others } autre.
   *[other] { " " }et { $others } autres.
 }
check-where = Où cela se trouve
check-page = La page vérifiée
check-touch = Cliquez sur une épingle pour lire la remarque.
check-behind = { $count ->
    [one] Point { $points } : { $side }.
   *[other] Points { $points } : { $side }.
 }
check-points = { $count ->
    [0] Rien à signaler
   *[other] { $points ->
        [0] { $count ->
            [one] { $count } point
           *[other] { $count } points
         }
       *[other] { n-points } sur la page{ $others ->
            [0] { "" }
           *[other] , { $others } { $listed ->
                [true] dans la liste
               *[false] ailleurs
             }
         }
     }
 }
check-review = Revoir
check-review-this = Revoir : { $title }
check-pin = Point { $nth } : { $text }
check-loupe = Le point { $nth }, agrandi : { $text }
check-left = { $count ->
    [one] Il reste à régler le point 1.
   *[other] Il reste à régler les points 1 à { $count }.
 }
# named: the rows are few enough to be named.
check-without = { $count ->
    [one] Sans correction, la ligne { $rows } n’aura pas de dépliant.
   *[other] Sans correction, { $named ->
        [true] les lignes { $rows }
       *[false] { $count } lignes
     } n’auront pas de dépliant.
 }
schools-waiting = { $schools ->
    [one] Un établissement figure deux fois : il attend votre choix.
   *[other] { $schools } établissements figurent deux fois : ils attendent votre choix.
 }
check-left-look = Rien n’empêche de fabriquer.
check-left-none = Il ne reste qu’à fabriquer.
check-next-error = Aller au point { $nth }
check-next = Continuer : Fabriquer

## Fabriquer

make-lead = Cochez ce qu’il vous faut. Tout pourra être refait à l’identique plus tard.
make-what = Ce qu’il faut fabriquer
make-summary = En résumé
make-schools = Établissements
make-copies = Exemplaires
make-documents = { $count ->
    [one] Document
   *[other] Documents
 }
make-which = Quels dépliants
make-changed = Seulement ce qui a changé
make-all = Tout refaire
make-changed-only = Seulement ce qui a changé depuis la dernière fois.
make-not-made = { $schools ->
    [one] Un établissement n’a pas de dépliant : il figure deux fois, et attend votre choix
   *[other] { $schools } établissements n’ont pas de dépliant : ils figurent deux fois, et attendent votre choix
 }
make-left-rows = { $rows ->
    [one] { $rows } ligne laissée de côté.
   *[other] { $rows } lignes laissées de côté.
 }
make-without = { $schools ->
    [one] Un établissement vote sans doute sur un autre portail : pas de dépliant pour lui.
   *[other] { $schools } établissements votent sans doute sur un autre portail : pas de dépliant pour eux.
 }
make-not-printed = L’élection : { $word }. Ce qui est en blanc, ou seulement proposé, n’est pas imprimé.
make-see-them = Voir
# What is missing, what leads there, and why.
make-missing = { $what ->
    [election]
        Il manque encore des réponses
        Répondre d’abord
    [list]
        Il manque la liste des établissements
        Donner la liste
    [look]
        Quelque chose reste à régler avant d’imprimer
        Voir ce qui reste
   *[check]
        L’étape « Vérifier » reste à faire
        Vérifier d’abord
        Une faute ne se verrait qu’une fois imprimée.
 }
make-to-compare = { $count ->
    [one] Un renseignement n’a pas été comparé à la notice
   *[other] { $count } renseignements n’ont pas été comparés à la notice
 }
make-compare = Comparer d’abord
make-draft = Fabriquer un projet quand même
make-draft-text = La procédure a changé à chaque élection : comparez avant d’imprimer. Un projet porte « PROJET – à comparer à la notice » autour de chaque page et dans le nom des fichiers ; il n’a pas de QR code.
make-draft-off = { $count ->
    [one] Il reste un renseignement à comparer
   *[other] Il reste { $count } renseignements à comparer
 }
make-draft-done = Projet : à ne pas distribuer
make-draft-done-text = « PROJET » est imprimé sur chaque page. Comparez d’abord chaque renseignement à la notice.
make-choose-card = Choisir une carte
make-will-ask = Le nom de l’imprimeur vous sera demandé.
output = { $id ->
    [files] dossier de PDF
    [zip] ZIP
    [copier] fichier du photocopieur
    [print-run] fichier de l’imprimeur
    [cards] cartes
    [labels] étiquettes d’adresse
   *[drafts] brouillons de courriel
 }
the-output = { $id ->
    [cards] les { output }
    [labels] les { output }
    [drafts] les { output }
   *[other] le { output }
 }
make-made-at = Fait le { $day } à { $time }
make-made-on = fait le { $day } à { $time }
make-made-before = Déjà dans le dossier, et encore à jour : { $outputs }.
make-not-mended = { $rows ->
    [one] 1 ligne à corriger : pas de dépliant pour elle.
   *[other] { $rows } lignes à corriger : pas de dépliant pour elles.
 }
make-interrupted = La dernière fabrication s’est interrompue
make-interrupted-text = Ses lots restent cochés. Reprenez : ce qui est déjà fait est gardé.
make-stale = périmé depuis un changement : à refaire, ne pas imprimer
make-old-title = À refaire avant d’imprimer
make-old = Fait avant un changement : à refaire, ne pas imprimer
make-old-outputs = { HAS($what) ->
    [yes] Dernier changement : { $what }.
   *[no] Quelque chose a changé depuis.
 } À refaire : { $outputs }.
make-old-again = Choisir et refaire
make-anew = { $count ->
    [0] tout était à jour
    [one] 1 refait : { $names }
   *[other] { $count } refaits : { $names }
 }
make-removed = { $count ->
    [one] 1 PDF périmé supprimé
   *[other] { $count } PDF périmés supprimés
 }
make-left-nothing = Cochez d’abord ce qu’il faut fabriquer.
# few: there are few enough to be named.
make-left = { $few ->
    [true] { CAPITAL($outputs) }.
   *[false] { $count } lots choisis.
 }
make-next-nothing = Choisir quoi fabriquer
make-next = { $count ->
    [one] Fabriquer
   *[other] Fabriquer les { $count } { $files ->
        [true] fichiers
       *[false] lots
     }
 }
make-lead-running = Fabrication en cours. Vous pouvez faire autre chose.
make-lead-stopped = La fabrication est arrêtée à votre demande.
make-lead-fault = La fabrication s’est interrompue.
# kept: what is made.
make-kept = { HAS($kept) ->
    [yes] Rien n’est perdu. Gardé : { $kept }.
   *[no] Vos réponses et votre liste sont gardées.
 }
make-later = { CAPITAL($outputs) } { $kind ->
    [cards] seront complètes
    [several] seront complets
   *[one] sera complet
 } à la reprise
make-progress = Avancement
make-tenth = { $percent } %
make-of = sur { $total }
make-lot = lot { $nth } sur { $count }
make-far = { $done } sur { n-made }{ HAS($rest) ->
    [yes] , { $rest }
   *[no] { "" }
 }
# A number of leaflets, or of files of cards, of which each has those of a school.
n-made = { $cards ->
    [true] { $count ->
        [one] { $count } fichier
       *[other] { $count } fichiers
     }
   *[false] { $count ->
        [one] { $count } dépliant
       *[other] { $count } dépliants
     }
 }
make-seconds-left = { $count ->
    [one] encore { $count } seconde environ
   *[other] encore { $count } secondes environ
 }
make-minutes-left = { $count ->
    [one] encore { $count } minute environ
   *[other] encore { $count } minutes environ
 }
make-starting = Préparation…
make-soon = Quelques instants encore…
make-stop = Arrêter
make-late = L’arrêt est venu trop tard : tout était déjà fait.
make-done = fait
make-then = ensuite
make-last = Dernière page composée
make-left-running = { HAS($kept) ->
    [yes] Si vous arrêtez, ce qui est fait est gardé : { $kept }.
   *[no] Rien n’est encore fait.
 }
make-left-whole = { CAPITAL(the-output) } { $id ->
    [cards] se font
    [labels] se font
    [drafts] se font
   *[other] se fait
 } d’une traite : arrêter oblige à recommencer ce lot.{ HAS($kept) ->
    [yes] { " " }Déjà gardé : { $kept }.
   *[no] { "" }
 }
make-left-stopped = Vous avez arrêté la fabrication à { $time }.
make-left-fault = { $cause } : la fabrication s’est interrompue à { $time }.
make-left-full = La fabrication s’est interrompue à { $time }, faute de place.
make-rest = { $count ->
    [one] { $count } restant
   *[other] { $count } restants
 }
make-to-make = { n-made } à mettre dans ce lot
make-resume = { $count ->
    [one] Reprendre
   *[other] Reprendre les { make-rest }
 }
make-kept-row = { n-made } { $count ->
    [one] fini, relu
   *[other] finis, relus
 }
make-again = Recommencer { the-output }
make-then-resume = Appuyez ensuite sur « { $button } ».
make-choose = Revenir au choix
make-other-place = Choisir un autre dossier…
make-in-place = Dossier
make-moved = Les fichiers iront dans { $folder }
make-moved-text = { HAS($free) ->
    [yes] Il y reste { $free }.{ " " }
   *[no] { "" }
 }{ $kept ->
    [true] Ce qui est fini y est déjà.{ " " }
   *[false] { "" }
 }Appuyez sur « { $button } ».
make-place-title = Choisir un autre dossier
make-place-lead = Les fichiers iront dans un dossier à part, à l’endroit que vous choisirez. La campagne et la liste restent où elles sont.
make-place-found = Là où il y a assez de place
make-place-none = Aucune clé USB ni aucun dossier n’a assez de place. Branchez une clé, puis rouvrez cette fenêtre.
make-place-free = { $size } libres
make-place-other = Un autre dossier
make-place-other-hint = { $system ->
    [windows] Ouvrez le dossier, cliquez dans la barre d’adresse en haut de sa fenêtre, copiez l’adresse, puis collez-la ici.
    [mac] Cliquez sur le dossier dans le Finder, tapez Option + Commande + C : son adresse est copiée. Collez-la ici.
   *[other] Ouvrez le dossier, tapez Ctrl + L : son adresse s’affiche. Copiez-la et collez-la ici.
 }
make-place-example = Par exemple : { $address }
make-place-election = Élections
make-place-above = Choisissez { $count ->
    [one] « { $name } »
   *[other] un dossier
 } ci-dessus, ou collez l’adresse entière, par exemple { $address }.
make-place-take = Prendre ce dossier
make-again-whole = { CAPITAL(the-output) } { $id ->
    [cards] sont
    [labels] sont
    [drafts] sont
   *[other] est
 } à refaire en entier.
make-lacking-title = Tout n’est pas fait
make-lacking = Pas fait : { $outputs }
make-lacking-text = La raison est juste dessous. Corrigez, puis fabriquez à nouveau ; ou choisissez autre chose.
make-of-document = { the-output }{ HAS($document) ->
    [yes] { " " }({ $document })
   *[no] { "" }
 }
make-done-title = { $leaflets ->
    [0] C’est fait
   *[other] C’est fait : { n-leaflets }
 }
make-done-lead = Fait et relu en { $seconds } s, { $codes ->
    [none] {""}
    [true] QR codes compris,{" "}
   *[false] sauf les QR codes,{" "}
 }{ $points ->
    [0] sans aucun défaut.
   *[other] { n-points } à regarder ci-dessous.
 }
make-to-look-at = { n-points } à regarder
make-left-done = Une liste corrigée plus tard ? Seuls les dépliants changés seront refaits.
make-files = Vos fichiers
make-open-folder = Ouvrir le dossier
make-save = Enregistrer
make-spreadsheet = Tableur
make-folder = dans le dossier
make-other-files = { $count ->
    [one] … et { $count } autre fichier.
   *[other] … et { $count } autres fichiers.
 }
make-also-in = Ils sont dans { $folder }.
make-also-named = Une copie reste dans { $folder }.
make-on-disk = dans le dossier : { $name }
make-before = { $copies ->
    [one] Avant d’imprimer
   *[other] Avant d’imprimer les { $copies } exemplaires
 }
make-count-files = { $files } PDF
make-test = Imprimer une feuille d’essai
make-how =
    Échelle 100 % | Choisissez « Taille réelle ». Jamais « Ajuster à la page ».
    Une feuille d’essai | C’est le premier dépliant. Scannez-en un QR code avec votre téléphone.
    Recto verso, bord long | { $mixed ->
        [true] Une seule face pour les documents d’une page.
       *[false] La page tourne comme celle d’un livre.
    }
make-after = Et après ?
make-more = Fabriquer autre chose
make-pack = Envoyer la campagne à une autre section
make-pack-text = Un fichier .leaflet, sans votre liste. Qui le reçoit y mettra son nom, son adresse et son message à la place des vôtres.
make-packed = « { $file } » est enregistré. Il ne contient pas votre liste.
make-poster = Une affiche pour la salle des personnels
# Title, text and button.
kept-words = { $what ->
    [list]
        Votre liste
        Elle est gardée sur cet ordinateur pour pouvoir refaire un dépliant. À effacer après le vote.
        L’effacer maintenant…
   *[people]
        Les noms
        Ils sont gardés sur cet ordinateur, pour une carte de plus. À effacer après le vote.
        Effacer les noms…
 }

## Erasing

# Title, text and button of the question.
erase-done = { $what ->
    [list] { HAS($stays) ->
        [yes] La campagne ne lit plus la liste.
       *[no] La liste et sa copie sont effacées.
     }
   *[people] { HAS($stays) ->
        [yes] La campagne ne lit plus les noms{ $files ->
            [0] { "" }
            [one] , et { $files } fichier de cartes est effacé
           *[other] , et { $files } fichiers de cartes sont effacés
         }.
       *[no] { erase-names }
     }
 }{ HAS($stays) ->
    [yes] { " " }Il reste « { $stays } », qui n’a pas été déposé dans cette fenêtre : supprimez-le vous-même.
   *[no] { "" }
 }
erase-names = { $names ->
    [0] Les noms
    [one] Le nom
   *[other] Les { $names } noms
 }{ $files ->
    [0] { " " }et la liste sont effacés{ $left ->
        [0] { " " }; il n’y avait aucun fichier de cartes
       *[other] { "" }
     }.
    [one] , la liste et { $files } fichier de cartes sont effacés.
   *[other] , la liste et { $files } fichiers de cartes sont effacés.
 }{ $left ->
    [0] { "" }
   *[other] { " " }Les cartes sans nom restent.
 }
erase-words = { $what ->
    [list]
        Effacer la liste et sa copie corrigée ?
        Les dépliants restent ; pour en refaire un, il faudra redéposer la liste.
        Effacer la liste
   *[people]
        Effacer les noms et leurs cartes ?
        Les cartes faites avec ces noms s’effacent aussi, même dans le ZIP : imprimez-les d’abord. Ce qui ne contient aucun nom reste, ainsi que toute liste rangée par vous-même dans ce dossier.
        Effacer les noms et les cartes
 }

## The welcome

welcome-tab = Accueil
welcome-title = Que voulez‑vous préparer ?
welcome-lead = Dix minutes suffisent. Vous pouvez vous arrêter à tout moment et revenir : rien ne se perd.
welcome-again = Bonjour à nouveau
welcome-again-lead = Votre campagne est là où vous l’avez laissée.
welcome-leaflets =
    Des dépliants pour mes établissements
    J’ai une liste d’écoles, de collèges ou de lycées. Chaque établissement reçoit un dépliant à son nom.
    Préparer des dépliants
welcome-cards =
    Des cartes pour mes collègues
    J’ai une liste de noms. Chaque personne reçoit une carte aide-mémoire, imprimée sur mes planches.
    Préparer des cartes
welcome-dossier =
    Une campagne qu’on m’a envoyée
    Ma fédération m’a transmis un fichier dont le nom finit par .leaflet. J’y ajoute ma liste.
    Ouvrir le fichier
welcome-with-this = Avec cette campagne
welcome-cards-too =
    Des cartes pour mes collègues
    Dans un dossier à part, avec les réponses déjà données ici. Il vous faut les noms.
    Coller les noms
welcome-leaflets-too =
    Des dépliants pour mes établissements
    Dans un dossier à part, avec les réponses déjà données ici. Il vous faut la liste.
    Donner la liste
welcome-cards-begun =
    Les cartes de mes collègues
    Elles sont déjà commencées, dans un dossier à part.
    Les rouvrir
welcome-leaflets-begun =
    Les dépliants de mes établissements
    Ils sont déjà commencés, dans un dossier à part.
    Les rouvrir
welcome-another =
    Une autre campagne
    Un nouveau dossier, à côté. Celle-ci reste comme elle est.
    La commencer
welcome-dossier-too =
    Une campagne qu’on m’a envoyée
    Un fichier dont le nom finit par .leaflet. La campagne aura son propre dossier.
    Ouvrir le fichier
welcome-others = Vos autres campagnes
welcome-is-new = Dans un nouveau dossier : « { $folder } ».
welcome-of-kind = { $cards ->
    [true] Cartes · « { $folder } »
   *[false] Dépliants · « { $folder } »
 }
welcome-open = Ouvrir
welcome-here = Tout reste sur cet ordinateur
welcome-here-text = Aucune liste, aucun nom, aucune adresse ne part sur internet.
welcome-see-yourself = Vérifiez-le vous-même
welcome-cut = { "" } : coupez la connexion, tout marche encore.
welcome-standing = { $name } : { $word }
welcome-changed =
    Modifiée { HAS($day) ->
        [yes] le { $day }
       *[no] aujourd’hui
     } à { $time }
    Dans { $folder }
welcome-resume = Reprendre à « { $name } »

## Drawings of a leaflet and a card: always in French

drawings-title = Pour voter,
drawings-subtitle = je me prépare maintenant
drawings-portal = Le portail
drawings-days = Vote : 3 – 10 déc. 2026
drawings-password = Mon mot de passe élections

## A campaign that was sent

dossier-tab = Une campagne qu’on m’a envoyée
dossier-gone = Rouvrez le fichier depuis l’accueil.
dossier-title = La campagne qu’on vous a envoyée
dossier-lead = { $campaign }. Préparée{ HAS($publisher) ->
    [yes] { " " }par { $publisher }
   *[no] { "" }
 }{ HAS($day) ->
    [yes] { " " }le { $day }
   *[no] { "" }
 }.
dossier-yours-missing = { "" } Vous y ajoutez ce qui est à vous.
dossier-over = Ce vote s’est terminé le { $day }
dossier-over-text = Demandez la campagne de cette année à la personne qui vous a envoyé ce fichier.
dossier-compare = Avant de vous en servir, comparez le portail à votre notice de vote
dossier-compare-text = Cette adresse sera imprimée partout :
dossier-compare-why = Un faux fichier pourrait mener à un autre site.
dossier-same = C’est bien l’adresse de ma notice
dossier-left = Comparez d’abord le portail à votre notice.
dossier-left-same = Rien de ce fichier n’est encore utilisé.
dossier-refused = Ce fichier ne peut pas servir.
dossier-use = Utiliser cette campagne
dossier-use-anyway = Utiliser quand même
dossier-yours = Ce que vous y ajoutez
dossier-to-you = à vous
dossier-yours-items =
    Le nom, l’adresse et le message de votre section | à la place de ceux de la personne qui vous a envoyé la campagne
    Votre liste d’établissements | elle ne quittera pas cet ordinateur
    L’essai de l’adresse de la messagerie | un QR code à scanner, une minute
dossier-inside = Ce qu’il y a dans ce fichier
dossier-notice = Dates, portail, étapes
dossier-answered = { n-answers }{ $missing ->
    [0] { "" }
   *[other] , { $missing } en blanc
 }
dossier-own = { $key ->
    [publisher-color] couleur
   *[other] logo
 }
dossier-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
 }
dossier-tried = Adresses de messagerie essayées
dossier-academies = { $count ->
    [one] { $count } académie
   *[other] { $count } académies
 }
dossier-will = Ce que cela donnera
dossier-will-alt = Recto tel qu’il serait imprimé : { $name }
dossier-sample = avec un établissement d’exemple
dossier-harmless = Ni liste, ni nom, ni programme : un dossier de campagne ne peut rien exécuter.

## Cards

cards-names = Les noms
cards-names-lead = Copiez la colonne des noms, collez‑la ici et dites pour quel établissement.
cards-names-todo = à coller
cards-school-todo = établissement à écrire
cards-which-school = Les noms sont là ; il reste à indiquer l’établissement.
cards-names-word = { $odd ->
    [0] { n-names }
   *[other] { $odd } à regarder
 }
cards-paste = Coller les noms
cards-paste-hint = Un par ligne. « LABERT Julie », « Julie Labert » ou deux colonnes : tout est compris.
cards-placeholder =
    LABERT Julie
    IF Zoé
    …
cards-school = Établissement
cards-town = Commune
cards-uai = Code UAI
cards-uai-hint = Le code UAI est facultatif{ $mailbox ->
    [false] .
   *[true] { " " }: avec lui, la carte donne l’adresse de votre académie.
 }
cards-left-school = Il reste à écrire l’établissement et sa commune.
cards-left-keep = Il reste à écrire l’établissement, puis à le garder.
cards-or-file = Ou choisir un fichier…
cards-nameless = Des cartes sans nom
cards-never = N’y mettez ni NUMEN, ni mot de passe, ni date de naissance : ils seraient refusés.
cards-left = Il manque les noms.
cards-left-all = Il manque les noms et l’établissement.
cards-see = Voir la carte
cards-left-read = { HAS($name) ->
    [yes] « { $name } » est choisi ; il reste à le lire.
   *[no] Les noms sont collés ; il reste à les lire.
 }
cards-left-uai = Corrigez d’abord le code UAI, ou effacez-le : { HAS($name) ->
    [yes] « { $name } » reste choisi.
   *[no] les noms collés restent là.
 }
cards-read = Lire les noms
cards-sample = exemple, encore sans nom
cards-no-picture = Pas d’image : ce nom ne peut pas être imprimé.
cards-card = La carte
cards-enlarge = Agrandir la carte
cards-counted = { $names ->
    [0] Aucun nom n’est lu.{ $odd ->
        [0] { "" }
        [1] { " " }Une ligne est à regarder.
       *[other] { " " }{ $odd } lignes sont à regarder.
     }
   *[other] { n-names }, { n-cards }. { $odd ->
        [0] { $names ->
            [one] Il est lu.
           *[other] Tous sont lus.
         }
        [1] Une ligne est à regarder.
       *[other] { $odd } lignes sont à regarder.
     }
 }
cards-for-school = Pour quel établissement ?
cards-put-uai = Mettre { $uai }
cards-search = Chercher un nom
cards-nobody = Aucun nom ne correspond.
cards-tick = Choisir { $name }
cards-untick = Ne plus choisir
cards-drop = Retirer { $name }
cards-line = le n° { $nth }
cards-state-of = { $card ->
    [new] nouvelle
    [mended] corrigée
   *[made] carte faite
 }
cards-left-only = { $count ->
    [one] { $count } carte choisie. Les autres ne changent pas.
   *[other] { $count } cartes choisies. Les autres ne changent pas.
 }
cards-only = { $count ->
    [one] Seulement cette carte
   *[other] Seulement ces { $count } cartes
 }
# few: there are few enough to be named.
cards-only-these = { $few ->
    [true] Seulement : { $names }.
   *[false] Seulement { $count } cartes, choisies parmi les noms.
 }
cards-rather-all = Plutôt les { $total } cartes
cards-only-changed = { $count ->
    [one] Une carte est nouvelle ou corrigée
   *[other] { $count } cartes sont nouvelles ou corrigées
 }
cards-make-only = { $count ->
    [one] Fabriquer seulement cette { piece }
   *[other] Fabriquer seulement ces { $count } { pieces }
 }
cards-others = { $old ->
    [true] Les autres restent comme avant : elles ne contiennent pas ce que vous avez changé depuis.
   *[false] Les autres ne changent pas.
 }
cards-paste-other = Coller une autre liste
cards-tabs = Feuilles du classeur
cards-last-tab = Gardez au moins une feuille : les noms en viennent.
cards-no-names = sans noms
cards-at = Pour
cards-all = Tous
cards-swap = Échanger partout noms et prénoms
cards-add = Ajouter un nom
cards-first = Prénom
cards-last = Nom
cards-cell = { $field ->
    [uai] Code UAI
   *[address] Adresse professionnelle
 }
cards-caption = Les noms collés et ce qui sera imprimé
cards-nth = N°
cards-on-card = Sur la carte
cards-state = État
cards-ready = prête
cards-parts = prénom : { $first } · nom : { $last }
cards-whole = imprimé tel quel
cards-nothing-odd = Rien n’est à regarder.
cards-show-more = Montrer la suite ({ $count })
cards-left-names = { $odd ->
    [0] { n-cards }, rien à confirmer.
    [one] { n-cards }. { $odd } nom à regarder.
   *[other] { n-cards }. { $odd } noms à regarder.
 }
cards-mend = Corriger { $name }
cards-next = Continuer : La carte
cards-sheet-todo = après les noms
cards-sheet-lead = Choisissez la planche, complétez les réponses, puis fabriquez.
cards-sheets = Sur quoi imprimez-vous ?
cards-reference = Référence ou mesures
cards-reference-hint = Ce qui est écrit sur la boîte, par exemple « C32011 », « L7163 » ou « 99,1 × 38,1 »
cards-fitting = Planches qui conviennent
cards-size = { $width } × { $height } mm
cards-kind = { $plain ->
    [true] à découper
   *[false] { $sides ->
        [one] étiquettes
       *[other] cartes
     }
 }
cards-per-sheet = { $count } par feuille, { $document ->
    [memo-label] d’un seul côté : le QR code du portail, une ligne pour le mot de passe
    [memo-a6] à plier : on écrit sous le pli
   *[other] recto et verso : le portail devant, la messagerie derrière
 }{ $plain ->
    [true] { " " }; traits de coupe compris
   *[false] { "" }
 }
cards-enough = { $names ->
    [0] { $sheets } de { $count }
   *[other] { n-names } : { $sheets }
 }
cards-plain = Papier A4 ordinaire
cards-measure = Ma boîte n’est pas dans la liste : donner ses mesures
cards-measure-text = Une feuille A4 de la boîte et une règle suffisent.
cards-measure-name = Comment s’appelle la boîte ?
cards-measure-kind = Qu’est-ce que c’est ?
cards-measure-kinds =
    Des étiquettes autocollantes : un seul côté
    Des cartes : recto et verso
cards-measures =
    largeur d’une pièce
    hauteur d’une pièce
    du bord gauche à la première pièce
    du bord haut à la première pièce
    d’une pièce à la suivante, en largeur
    d’une pièce à la suivante, en hauteur
cards-measure-unit = En millimètres, au dixième : 99,1.
cards-measure-keep = Garder ces mesures
cards-tried = Votre planche
cards-tried-text = D’après vos mesures. Gardez-les, puis imprimez la feuille d’essai.
cards-test-text = Imprimez la feuille d’essai sur papier ordinaire, à 100 %, puis posez-la sur une vraie planche, devant une fenêtre.
cards-name-hint = { $printed ->
    [true] Imprimé au dos de la carte
   *[false] Pas imprimé sur les étiquettes : inscrit dans le fichier PDF, comme auteur
 }
cards-vote = Le vote
cards-mailbox = L’adresse de la messagerie
cards-not-tried = , pas encore essayée
cards-gives = { "" } ; la carte donne
cards-untried = Sans réponse, le QR code ne sera pas imprimé : la carte donnera le site de l’académie.
cards-no-sheet = « { $sought } » n’est pas dans notre liste. Ses mesures suffisent ; elles sont souvent au dos de la boîte.
cards-meant = { $name } ?
cards-unfit = { $name } ({ $size }) ne convient pas : il faut { $needed }.
cards-found = { $count ->
    [one] { $count } planche trouvée.
   *[other] { $count } planches trouvées.
 }
cards-there = Déjà fabriquées
cards-there-text = Les fabriquer de nouveau remplace le fichier du même nom : imprimez-le d’abord, ou enregistrez-le ailleurs.
cards-few-answers = Ces réponses suffisent pour les cartes.
cards-first-sheet = Première planche
cards-first-paper = La feuille
cards-on-paper = { n-cards } à découper{ $sheets ->
    [one] .
   *[other] , sur { $sheets } feuilles.
 }
cards-pieces = { $plain ->
    [true] { $count ->
        [one] { $count } feuille
       *[other] { $count } feuilles
     }
   *[false] { $count ->
        [one] { $count } planche
       *[other] { $count } planches
     }
 }
cards-places = Cases de la première planche
cards-used = utilisée
cards-place = Case { $place }, { $used ->
    [true] utilisée
   *[false] { $nth ->
        [0] libre
        [1] carte { $nth }, la première
       *[other] carte { $nth }
     }
 }
cards-last-used = { $used ->
    [one] Votre dernière planche a une case utilisée.
   *[other] Votre dernière planche a { $used } cases utilisées.
 }
cards-from-free = Commencer à la case { $free }
cards-begun = Planche entamée ? Cliquez sur la première case libre.
cards-left-sheets = { n-pieces } sur { $sheets } ({ $name }){ $start ->
    [1] .
   *[other] , à partir de la case { $start }.
 }
cards-left-blank = Il manque encore { n-answers }.
cards-left-nameless = Sans nom : { $sheet } de { n-pieces } ({ $name }), à imprimer autant de fois qu’il en faut.
cards-make = { $count ->
    [one] { $label ->
        [true] Fabriquer l’étiquette
       *[false] Fabriquer la carte
     }
   *[other] Fabriquer les { n-pieces }
 }
cards-make-nameless = Fabriquer une { $plain ->
    [true] feuille
   *[false] planche
 }
cards-printing = Imprimer
cards-print-todo = en dernier
cards-print-done = prêtes
cards-print-stale = { $few ->
    [0] à refaire
    [one] une carte à faire
   *[other] { $few } cartes à faire
  }
cards-stale-title = { $count ->
    [one] La carte est à refaire
   *[other] { $count } cartes sont à refaire
 }
cards-stale-lead = Quelque chose a changé depuis leur fabrication.
cards-left-stale = Les cartes faites avant ne sont plus à jour.
cards-make-again = { $count ->
    [0] Refaire
    [one] Refaire la carte
   *[other] Refaire les { $count } cartes
 }
cards-done-title = { $count ->
    [one] { $label ->
        [true] L’étiquette est prête
       *[false] La carte est prête
     }
   *[other] { n-pieces } sont prêtes
 }
cards-nameless-title = { $count ->
    [one] La { $plain ->
        [true] feuille
       *[false] planche
     } est { $stale ->
        [true] à refaire
       *[false] prête
     }
   *[other] { cards-pieces } sont { $stale ->
        [true] à refaire
       *[false] prêtes
     }
 }
cards-copies = { $sheets ->
    [one] Elle
   *[other] Chacune
 } contient { n-pieces } : imprimez‑la autant de fois qu’il en faut, 5 fois pour { $five }.
cards-done-lead = { $sheets } ({ $name }), { $count ->
    [one] relue carte par carte.
   *[other] relues carte par carte.
 }
cards-before-printing = Avant d’imprimer
cards-shifted = Les cadres sont décalés ?
cards-shifted-items =
    Échelle : 100 % ou « Taille réelle », jamais « Ajuster à la page ».
    Papier : A4, { $label ->
        [true] sans marge ajoutée par l’imprimante.
       *[false] et les mêmes marges pour le recto et le verso.
     }
    Toujours décalés du même côté ? Poussez le guide du bac contre le papier, puis refaites l’essai.
cards-measure-offset = Encore décalés ? Imprimez la feuille de réglage à 100 %{ $label ->
    [true] { "" } : seul son recto compte.
   *[false] , recto verso.
 } Mesurez‑la en millimètres, au dixième : 50,2.
cards-calibration = Imprimer la feuille de réglage
cards-line-of = { $name ->
    [a] Recto : du bord gauche au trait A
    [b] Recto : du bord haut au trait B
    [c] Verso : du bord gauche au trait C
    [d] Verso : du bord haut au trait D
   *[ruler] Règle du bas, de 0 à 150
 }
cards-correct = Corriger le décalage
cards-corrected = Le décalage est corrigé
cards-corrected-for = Cela vaut désormais pour toutes les planches de ce dossier, feuille d’essai comprise.
cards-uncorrect = Ne plus corriger
cards-print = { $plain ->
    [true] Imprimer, puis couper
   *[false] Imprimer sans gâcher une planche
 }
cards-test = Imprimer la feuille d’essai
cards-open = { $count ->
    [one] Ouvrir la { $plain ->
        [true] feuille
       *[false] planche
     } (PDF)
   *[other] Ouvrir les { cards-pieces } (PDF)
 }
cards-how =
    Essai sur papier | { $plain ->
        [true] Coupez la feuille d’essai : ses traits tombent juste.
       *[false] Posez la feuille d’essai sur une planche, devant une fenêtre : les cadres se recouvrent.
     }
    Échelle 100 % | « Taille réelle », jamais « Ajuster ».
    Bord long | Chaque verso tombe derrière son recto.
cards-hand = Remettre les cartes
cards-hand-items =
    Chaque personne remplit la sienne à la main.
    Le code de vote reste sur la notice, jamais sur la carte.
    La carte est détruite après le vote.
cards-left-done = Un nom oublié ? Le reste ne change pas.

## The campaign is open elsewhere

lock-title = Cette campagne est déjà ouverte
lock-lead = { $here ->
    [true] { HAS($title) ->
        [yes] La campagne « { $title } »
       *[no] Elle
     } est ouverte sur cet ordinateur depuis { $since } : une autre fenêtre s’en sert, ou leaflet n’a pas été quitté.
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] Une autre personne
     } travaille sur { HAS($title) ->
        [yes] la campagne « { $title } »
       *[no] cette campagne
     } depuis { $since }. Si vous y travaillez en même temps, les modifications de l’un effaceront celles de l’autre.
 }
lock-now = En ce moment
lock-saved = Dernier enregistrement à { $time }.
lock-left = { $here ->
    [true] L’autre fenêtre est fermée, ou vous n’y travaillez plus ? Continuez ici :
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] Cette personne
     } a fermé son ordinateur sans quitter ? Prenez la main :
 } rien de ce qui est fait ne sera perdu.
lock-what = Que voulez-vous faire ?
lock-watch = Regarder sans rien changer
lock-watch-text = La page suit { $here ->
    [true] l’autre fenêtre
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] cette personne
     }
 } pas à pas.
lock-watch-button = Regarder
lock-copy = Travailler sur une copie
lock-copy-text = « { $folder } (copie) », à côté de l’original, qui ne change pas.
lock-copy-button = Faire une copie
lock-take = { $here ->
    [true] Continuer dans cette fenêtre
   *[false] Prendre la main
 }
lock-take-text = { $here ->
    [true] L’autre fenêtre
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] Cette personne
     }
 } ne perd rien et passe en lecture seule ; un message le signalera à la prochaine action.
lock-take-button = { $here ->
    [true] Continuer ici
   *[false] Prendre la main…
 }
lock-sure = Prendre la main à { HAS($who) ->
    [yes] { $who }
   *[no] une autre personne
 } ?
lock-sure-text = Rien de ce qui est fait ne sera perdu. Si { HAS($who) ->
    [yes] { $who }
   *[no] cette personne
 } est encore à l’ordinateur, prévenez d’abord : sa fenêtre ne pourra plus rien changer.

## The campaign cannot be read

broken-title = La campagne ne s’ouvre pas
broken-lead = Son fichier a été modifié hors de leaflet. Vos listes sont là, et rien n’a été effacé.
broken-back = Reprendre la version d’avant
broken-back-text = La campagne telle qu’elle était{ HAS($time) ->
    [yes] { " " }à { $time }
   *[no] { " " }avant votre dernière action ici
 }. Une seule action sera à refaire : « { $change } ». Le fichier modifié est gardé : « Rétablir » permet d’y revenir.
broken-back-button = Reprendre cette version
broken-mended = Quelqu’un a réparé le fichier ?
broken-mended-text = Le programme relit le fichier ; s’il est correct, la campagne s’ouvre.
broken-where = Ce qu’il faut corriger dans le fichier
broken-copy = Copier
broken-copied = C’est copié
broken-again = Relire le fichier

## The program ended in the middle

unfinished-title = Votre travail est là
unfinished-lead = Le programme s’est arrêté sans prévenir. Tout ce que vous aviez fait jusqu’à { $time } est gardé.
unfinished-last = Vos dernières actions
unfinished-open = Une correction n’était pas finie
unfinished-standing = Rien n’est perdu
unfinished-resume = Reprendre à cet endroit
unfinished-resume-line = Reprendre à la ligne { $line }
unfinished-home = Aller à l’accueil
unfinished-columns = Revoir depuis les colonnes
unfinished-happened = Que s’est-il passé ?
unfinished-happened-text = L’ordinateur ou le programme s’est sans doute éteint d’un coup. Chaque action est enregistrée dès qu’elle est faite : rien n’est à recommencer.

## The program is gone

gone-title = Le programme s’est arrêté
gone-text = Rien n’est perdu : tout était enregistré à { $time }, et ce que vous veniez de taper est resté sur cette page.
gone-text-fresh = Rien n’est perdu.
gone-steps =
    Rouvrez leaflet comme d’habitude, par son icône.
    Cette page reprend toute seule. Ne la fermez pas.
gone-retrying = Nouvel essai toutes les deux secondes…
gone-copy = Copier ce que je tapais
gone-copied = C’est copié
gone-retry = Réessayer maintenant

## Nothing is sent

proof-lead = Ce n’est pas une promesse : vous pouvez le voir.
proof-sent = Envois vers internet
proof-received = Fichiers reçus d’internet
proof-since = Depuis
proof-test = L’essai qui ne trompe pas
proof-test-text = Coupez le wifi ou débranchez le câble, puis fabriquez. Tout marche. Rallumez quand vous voulez.
proof-kept = Ce qui est gardé sur cet ordinateur, et où
proof-folder = Tout est dans { $folder }.
proof-understood = J’ai compris

## The program has ended

end-title = leaflet est arrêté
end-lead = Tout est gardé. Vous pouvez fermer cet onglet ; pour continuer, rouvrez leaflet.

## The browser edition

browser-loading = Préparation du programme
browser-loading-text = { $size } sont téléchargés dans ce navigateur, une seule fois. Ensuite, rien ne part d’ici.
browser-starting = Téléchargement terminé. Démarrage…
browser-elsewhere = Cette campagne est ouverte dans un autre onglet
browser-elsewhere-lead = Dans deux onglets à la fois, les modifications faites dans l’un effaceraient celles de l’autre. Rien de ce qui est fait ne sera perdu.
browser-here = Continuer ici
browser-title = Rien n’est installé, rien n’est envoyé
browser-lead = Le programme tourne dans ce navigateur. Ce n’est pas une promesse : vous pouvez le voir.
browser-kept-here = Votre campagne et le programme sont gardés dans ce navigateur, et nulle part ailleurs.
browser-program = Le programme, pour la prochaine fois
browser-erase-all = Tout effacer de ce navigateur…
browser-erase-title = Tout effacer de ce navigateur ?
browser-erase-text = La campagne, les listes et le programme disparaissent de cet ordinateur. Les fichiers que vous avez enregistrés ailleurs restent où ils sont.
browser-erase-yes = Tout effacer
browser-erased = Tout est effacé
browser-erased-lead = Il ne reste rien dans ce navigateur. Vous pouvez fermer cet onglet.
browser-unsaved = Votre dernière action n’est pas gardée : ce navigateur n’a plus de place. Libérez de la place, puis recommencez ; ne fermez pas cette page avant.
browser-save-now = Enregistrez ces fichiers : ils ne sont là que tant que cette page est ouverte.

## Help

help-title = Aide
help-keys = Au clavier
help-list =
    Tab | d’un endroit au suivant
    Entrée | garder, et passer à la cellule suivante
    Échap | laisser la cellule comme elle était, fermer
    Ctrl+Z / Ctrl+Y | annuler, rétablir
    Alt+1 à Alt+5 | aller à l’étape de ce numéro
    Ctrl+V | coller une liste ou des noms
    ← / → | établissement précédent, suivant, sur la page
    F6 | du travail à la page, et retour
    Ctrl+P | la feuille d’essai, une fois fabriquée
help-lines = { $station ->
    [dossier]
        Comparez l’adresse du portail à celle de votre notice.
        Rien de ce fichier n’est utilisé sans votre accord.
    [election]
        Recopiez la notice de vote. Une réponse en blanc est hachurée sur la page.
        Cliquez sur un endroit de la page pour trouver la question qui s’y rapporte.
    [list]
        Déposez la liste telle qu’on vous l’a envoyée, dites d’où vient chaque information, corrigez.
        Votre fichier n’est jamais modifié : les corrections vont dans une copie.
    [pages] La page affichée est celle qui sera imprimée. Elle change avec chaque choix et chaque mot.
    [check] Ce qui est à régler empêche d’imprimer ; ce qui est à regarder n’empêche rien.
    [make] Cochez, puis fabriquez. Si vous arrêtez, tout ce qui est fait est gardé.
    [cards] Collez les noms, dites sur quelle planche vous imprimez, fabriquez.
   *[welcome] Choisissez ce que vous voulez préparer. Vous pourrez toujours revenir ici : cliquez sur « leaflet », en haut à gauche.
 }

## Faults of the page itself

trouble-cut-off = La fabrication s’est interrompue. Ce qui est fait est gardé.
trouble-too-big = Ce fichier est trop gros pour être une liste. Déposez le classeur lui-même.
trouble-not-there = Le programme ne sait pas encore faire cela.
trouble-confused = Le programme n’a pas pu répondre. Rien n’a été changé : recommencez.
trouble-watching = Vous regardez seulement. Pour changer quelque chose, rouvrez la page et prenez la main.
