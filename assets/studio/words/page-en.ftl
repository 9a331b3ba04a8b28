# Nouns with their numbers.
n-answers = { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
 }
n-cards = { $cards ->
    [one] { $cards } card
   *[other] { $cards } cards
 }
n-leaflets = { $leaflets ->
    [one] { $leaflets } leaflet
   *[other] { $leaflets } leaflets
 }
n-names = { $names ->
    [one] { $names } name
   *[other] { $names } names
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
    [one] { $rows } row
   *[other] { $rows } rows
 }
n-schools = { $schools ->
    [one] { $schools } school
   *[other] { $schools } schools
 }
piece = { $label ->
    [true] label
   *[false] card
 }
pieces = { $label ->
    [true] labels
   *[false] cards
 }
numbers = no one two three four five six seven eight nine
skip = Skip to content
see = See the page
close = Close
cancel = Cancel
keep = Keep
which = See which ({ $count })
to-fill = Fill this in first.

## Sizes and hours

size = { $unit ->
    [kB] { $value } kB
    [MB] { $value } MB
   *[GB] { $value } GB
 }
clock = { $hours }:{ $minutes }

## The bar at the top

bar-home = , home
bar-tagline = Leaflets and cards for going to vote
bar-saved = Saved at { $time }
bar-unsaved = Not saved since { $time }
bar-saving = Saving…
bar-making = Being made
bar-watching = Read only
bar-undo = Undo
bar-nothing-to-undo = Nothing to undo
bar-nothing-to-redo = Nothing to redo
bar-undo-this = Undo: { $what } (Ctrl+Z)
bar-redo-this = Redo: { $what } (Ctrl+Y)
bar-proof = Nothing is sent
bar-proof-label = Nothing is sent: see the proof
bar-help = Help with this step
bar-end = Quit
bar-end-label = Quit leaflet: everything is saved
bar-end-later = Quit leaflet, once the files are made

## The steps

steps-label = Steps of the campaign
station = { $id ->
    [election] The election
    [list] The list
    [pages] The pages
    [check] Check
   *[make] Make
 }
steps-done-suffix = , done
steps-to-mend = { $count } to mend
steps-under-way = under way, { $percent } %
steps-stopped = { $done ->
    [0] stopped
   *[other] stopped at { $done }
 }
steps-made = made at { $time }
steps-lacking = not all is made
steps-shortcut = Alt+{ $nth }
steps-hidden = , step { $nth } of { $of }, { $state ->
    [done] done
    [look] to look at
   *[todo] to do
 }

## The bar at the bottom

bottom-unsaved = { HAS($cause) ->
    [yes] { $cause }. Not saved: what you typed stays here.
   *[no] Not saved: what you typed stays here.
 }
bottom-full = Not saved: the disk is full. Make room, then:
bottom-stays = What you have just typed stays here, but is not saved yet.
bottom-then-save = Then press “Save again”, at the bottom.
bottom-refused = { $count ->
    [one] 1 answer was refused: it is not saved.
   *[other] { $count } answers were refused: they are not saved.
 }
bottom-to-refused = Go to the answer
bottom-refused-names = { $count ->
    [one] One answer to look at: { $names }.
   *[other] { $count } answers to look at: { $names }.
 }
bottom-go-there = Go there
bottom-save-again = Save again
bottom-label = What comes next
bottom-undo-this = Undo: { $what }

## The page beside a station

page-now = Your leaflet, now
page-side = Side of the page
page-side-name = { $page ->
    [1] Front
   *[2] Back
 }
page-nth = Page { $page }
page-blank = { $label }, blank
# What stands in a hatched place.
page-short = { $key ->
    [links-portal] Portal to copy
    [steps] Steps
    [memo-lines] Memo
    [publisher-message-text] Your message
   *[other] { $label }
 }
page-blanks = { $count ->
    [one] { $count } hatched place
   *[other] { $count } hatched places
 }
page-alt = { $side } as it will be printed: { $name }
page-enlarge = Enlarge the page
page-redrawing = Being drawn again…
page-up-to-date = Up to date in { $seconds } s

## Questions

question-official = official
question-typed = copied by you
question-compared = compared with the notice
question-to-compare = to compare
question-received = came with the campaign
question-blank = blank for now
question-example = For instance: { $text }
question-unsaved = not saved yet { HAS($kept) ->
    [yes] (the campaign has “{ $kept }”)
   *[no] { "" }
 }
question-not-saved = not saved
question-still-kept = Still saved:
question-kept-nothing = Nothing is saved for this question.
question-back-to = Go back to { $kept }
question-no-day = There is no such day. { HAS($kept) ->
    [yes] The one before is kept.
   *[no] Nothing is saved.
 }
question-understood = Understood: { $value }
question-color-picker = Colour picker
question-optional = optional
question-legal = the law demands it
question-government = Official site (.gouv.fr)
question-first-step = Add the first step
question-like = { $what ->
    [day] as in { $year }, to be checked
    [hours] hours as in { $year }, to be checked
   *[zone] time zone as in { $year }, to be checked
 }
question-official-days = official days
question-same = My notice says the same
question-leave = Leave blank
question-change = Change
question-change-this = Change: { $label }
question-same-this = My notice says the same: { $label }
question-leave-this = Leave blank: { $label }
question-drop-logo = Drop your logo here
question-logo-kinds = PNG, JPEG, SVG or PDF; it stands on white and is never recoloured
question-choose-logo = Choose a picture…
choose-another = Change…
question-remove = Remove
question-add-line = Add a step
question-nth = { $label }, line { $nth }
question-move-up = Move “{ $line }” up
question-take-away = Remove “{ $line }”

## Is it the portal?

trial-title = Is this the portal of your vote?
trial-steps =
    Scan this code with your phone.
    Compare the name of the site, letter by letter, with your notice de vote.
    Type nothing there. Say so here.
trial-yes = It is the address on my notice
trial-no = It is not
trial-later = I do not have the notice yet
trial-is-later = Nothing will be made before you have compared this address with your notice.
trial-now = Compare it

## L’élection

election-lead = Take your voting notice and copy from it. What you do not know yet stays blank; you will be told again before printing.
election-lead-like = { $count ->
    [one] One answer comes from { $year }: compare it with your notice.
   *[other] { CAPITAL(SAID($count)) } answers come from { $year }: compare them with your notice.
 }{ $blank ->
    [0] { "" }
    [one] { " " }{ CAPITAL(SAID($blank)) } is still blank.
   *[other] { " " }{ CAPITAL(SAID($blank)) } are still blank.
 }
election-count = { n-answers } of { $of }
election-proposed = { $count } to be checked
election-period = { HAS($opens) ->
    [yes] From { $start }, { $opens }, to { $to }, { $closes }
   *[no] From { $start } to { $to }
 }{ HAS($zone) ->
    [yes] { " " }({ $zone })
   *[no] { "" }
 }
election-same-days = { $count ->
    [one] My notice says the same for the answer about the vote
   *[other] My notice says the same for all { $count } answers about the vote
 }
election-add-hours = Add the hours
election-change-days = { $known ->
    [true] Change: { $label }
   *[false] Add the hours: { $label }
 }
election-rest = To complete it
election-rest-name = { $id ->
    [portal] page with help
    [steps] account
    [notice] paper and lost code
    [mail] e-mail that comes
    [memo] advice of the memo
    [own] particular to this vote
    [publisher] colour and message
   *[other] { $label }
 }
election-rest-count = { $count ->
    [one] { $count } optional question
   *[other] { $count } optional questions
 }
election-like-title = Save time: start from the answers of { $year }
election-like-text = Answers will be proposed. You keep, change or delete each one.
election-like-button = Propose as in { $year }
election-ringed = Framed in orange: to be checked
election-left = { $answers ->
    [0] All answers are there.
   *[other] { n-answers } still blank. You can go on and come back.
 }
election-left-like = { n-answers } to compare{ $own ->
    [0] { "" }
   *[other] , { $own } of them yours
 }{ $blank ->
    [0] { "" }
   *[other] , { $blank } blank
 }.
election-same-all = My notice says the same for all { $count }
election-next = Continue: The list

## La liste: the file

list-tab-refused = The list: file refused
list-lead = One leaflet will be made for each row.
list-parts = In the list
list-part-names =
    File
    Columns
    Cells
    Addresses
list-part-changes = Changes
list-drop = Drop your list here
list-drop-other = Replace it by another list
list-replace = Replace…
list-drop-text = Excel, LibreOffice or CSV, as it was sent to you. Your file is never changed.
list-choose = Choose a file…
list-paste = Paste cells
list-paste-lead = Copy the table in your spreadsheet, with the row of titles, and paste it here.
list-paste-label = Copied cells
list-paste-hint = Ctrl+V anywhere on this page does the same.
list-paste-empty = There is nothing to read yet: paste the cells first.
list-paste-read = Read these cells
list-reading = Reading the list…
list-left = The list is missing. You can already look at the pages with an example.
list-left-file = The list is there: { n-rows }.
list-next-pages = See the pages
list-next-columns = Continue: Columns
list-next-changes = Continue: Changes
list-next-to-pages = Continue: The pages
list-needed = What it must hold
list-needed-items =
    The name of the school | required
    The town | required
    The UAI code, for instance | required | 0379999T
    Number of copies, address, e-mail | useful
list-none = No list yet?
list-empty = Download an empty table to fill in
list-empty-name = list-of-schools.csv
list-empty-header = Nom;Commune;Code UAI;Adresse;Code postal;Exemplaires;Courriel
list-try-sample = Try with 12 example schools
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
list-refused = Refused, to protect everyone: passwords, voting codes, NUMEN, lists of pupils.
list-file-label = File you gave
list-sheets = Sheets…
list-sheets-read = { $count ->
    [one] sheet { $sheets }
   *[other] sheets { $sheets }
 }{ $left ->
    [0] { "" }
   *[other] ; { $others } left out
 }
quoted = “{ $text }”
list-header = Titles in row
list-facts = { n-rows } · { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
 }
list-copy = corrections in “{ $name }”

## La liste: sheets of a workbook

sheets-lead = This workbook has { $all } sheets. { $lists ->
    [0] None has the columns that are needed. This is what was found.
    [1] One of them is a list of schools.
   *[other] { CAPITAL(SAID($lists)) } are lists of schools.
 }
sheets-caption = What is to be read in this workbook?
sheets-headings =
    Sheet
    What is on it
    Titles
    Rows
    State
sheets-row = row
sheets-lines = { $count ->
    [one] row
   *[other] rows
 }
sheets-lacks = It lacks: { $names }.
sheets-header-of = Row of the titles of “{ $name }”
sheets-is-list = list
sheets-is-read = read
left-out = left out
sheets-twice = A school on two sheets is told in “Cells”, and never printed twice without a word.
sheets-beginning = The beginning of “{ $name }”
sheets-found = Titles in row { $row }.
sheets-no-header = No row of titles.
sheets-up = Higher
sheets-down = Lower
sheets-left-none = Tick the sheet to read.
sheets-left = { $count ->
    [one] { $count } sheet chosen
   *[other] { $count } sheets chosen
 }, { n-rows }.
sheets-next = { $count ->
    [0] Read this sheet
    [one] Read this sheet
   *[other] Read the { $count } sheets
 }

## La liste: changes

changes-title = { $rows ->
    [0] The list is the same
   *[other] The list has changed
 }
changes-tab = The list: what has changed
changes-lead-same = Compared with the one before, by the UAI.
changes-lead = Compared with the file of { $before }, by the UAI.
changes-few = This list has fewer than half of the schools of the one before. Is it the right one?
changes-few-way = Choose another list
changes-count = { $kind ->
    [new] New
    [gone] Gone
    [changed] Changed
   *[same] Unchanged
 }
changes-kept = { $count ->
    [one] { $count } correction kept.
   *[other] { $count } corrections kept.
 }
changes-there = { $count ->
    [one] Another one is in your file now.
   *[other] { $count } others are in your file now.
 }
changes-left-out = { n-rows } still left out.
changes-columns = See the columns
changes-caption = What has changed
changes-headings =
    Row
    School
    What changes
    State
    Action
changes-is-new = { $copies ->
    [0] New row
    [one] New row, { $copies } copy
   *[other] New row, { $copies } copies
 }
changes-is-gone = Is not in the list any more
changes-cell = { $column }:
changes-yours = { $column }: your correction
changes-theirs = , the file says “{ $text }”
changes-kind = { $kind ->
    [new] new
    [gone] gone
    [changed] changed
    [back] as before
   *[conflict] correction kept
 }
changes-more = { $count ->
    [one] { $count } more change.
   *[other] { $count } more changes.
 }
changes-all = See them all
schools-ready = { $schools ->
    [one] { n-schools } is ready.
   *[other] { n-schools } are ready.
 }
changes-next = Continue: Cells

## La liste: two rows of one school

twice-title = { $count ->
    [one] Two rows, one UAI
   *[other] Pair { $nth } of { $count }: two rows, one UAI
 }
twice-row = Row { $at }
cell-empty = (empty)
twice-choice = Choice
twice-kept-row = row { $at }
twice-all = Keep the first everywhere
twice-note = Nothing is made for them before you choose.
twice-keys = The key 1 keeps the first row, 2 the second.
twice-same = The same
twice-part = They are two schools…
twice-part-why = Then one of the two codes is wrong. The Annuaire de l’éducation has the right one.
twice-part-row = Correct
twice-part-code = UAI of { $name }
twice-part-hint = Seven digits and a letter.
twice-previous = Pair before
twice-next = Next pair

## La liste: columns

columns-tab = The list: columns
columns-lead = All columns of use were found.
columns-lead-ask = { $count ->
    [one] One column is to be chosen.
   *[other] { CAPITAL(SAID($count)) } columns are to be chosen.
 }
columns-caption = Where each piece of information comes from
columns-headings =
    On the leaflet
    In your list
    Three examples
    State
columns-required = required
columns-column-for = Column for: { $label }
columns-choose = Choose a column…
columns-empty = No column
columns-proposed = Proposed: “{ $name }”:
columns-take = Take “{ $name }”
columns-found = found
columns-chosen = chosen by you
columns-to-choose = to choose
columns-none = left empty
columns-rest = { $count ->
    [one] Optional: { $count } other piece of information
   *[other] Optional: { $count } other pieces of information
 }
columns-legend = * required
columns-rest-caption = What your list does not have
columns-aside = { $count ->
    [one] { $count } column left aside
   *[other] { $count } columns left aside
 }
columns-aside-text = { $list }. None of them is printed.
columns-left = { $needed ->
    [0] { $count ->
        [0] The columns are ready.
        [one] { $count } column to choose, or to leave empty.
       *[other] { $count } columns to choose, or to leave empty.
     }
    [one] { $needed } required column to choose.
   *[other] { $needed } required columns to choose.
 }
columns-next = { $rows ->
    [one] Read the row
   *[other] Read the { $rows } rows
 }

## La liste: cells

cells-tab = The list: mend
cells-lead = { $count ->
    [0] { $twice ->
        [0] Nothing is to be mended.{ $copied ->
            [true] { " " }Your corrections are in a copy; your file has not changed.
           *[false] { "" }
         }
       *[other] { cells-lead-twice }
     }
    [one] { CAPITAL(SAID($count)) } row is to be mended. { cells-lead-then }
   *[other] { CAPITAL(SAID($count)) } rows are to be mended. { cells-lead-then }
 }
cells-lead-then = { $twice ->
    [0] Corrections go into a copy; your file does not change.
   *[other] { cells-lead-twice }
 }
cells-lead-twice = { CAPITAL(SAID($twice)) } { $twice ->
    [one] school stands
   *[other] schools stand
 } there twice; nothing is made for them before you choose.
cells-shown = { $show ->
    [ready] Ready
    [mend] To mend
    [twice] Twice
    [look] To look at
    [elsewhere] Other portal
    [left] Left out
   *[all] All rows
 }
cells-show = Show
cells-search = Search a name or a town
cells-caption = { $what }: { $shown } of { n-rows }
cells-headings =
    Row
    School
    Column
    What is wrong, and the way out
cells-line = Row
cells-no-name = no name
cells-empty-cell = empty cell
cells-fill = Fill the cell
cells-mend-cell = Mend the cell
cells-mend-this = Mend { $label } { $value }, row { $line }
cells-mend-row = Mend row { $line }
cells-mend-of = the correction of row { $line }
cells-cell-label = { $label } of row { $line }
cells-which-field = Column
cells-mended = mended
cells-changed = still refused
cells-ready = ready
cells-take-back = Take the row back
cells-empty = Leave the cell empty
cells-keys = Enter keeps and goes to the next cell, Escape leaves it as it was.
cells-is-twice = stands there twice
cells-choose-row = Choose
cells-nothing = { $show ->
    [mend] Nothing is to be mended.
    [twice] No school stands there twice.
    [look] Nothing is to be looked at.
    [elsewhere] No school votes on another portal.
    [left] No row is left out.
   *[all] The list is empty.
 }
cells-nothing-found = No row matches this search.
cells-left = { n-rows } to mend. { $rows ->
    [one] Without it
   *[other] Without them
 }, { $leaflets ->
    [one] { n-leaflets } is ready.
   *[other] { n-leaflets } are ready.
 }
cells-left-twice = { $schools ->
    [one] { n-schools } waits for your choice.
   *[other] { n-schools } wait for your choice.
 }
cells-next-twice = Continue: Twice
cells-next-without = { $count ->
    [one] Continue without this row
   *[other] Continue without these { $count } rows
 }
cells-next = Continue: Addresses

## La liste: addresses

addresses-tab = The list: addresses to try
addresses-lead = { schools-ready } { $open ->
    [0] No address is left to try.
   *[other] Before the code of the mailbox is printed, try it with your phone.
 }
addresses-academy = { $name } · { n-schools }
addresses-code-alt = Code to scan: { $url }
addresses-without = { n-schools } without an address to try: the way is said in words there.
addresses-steps = { $kind ->
    [webmail]
        Scan the code with your phone.
        The page asks for your user name and password? It is the right one. Enter nothing.
        Say so here.
   *[other]
        Scan the code with your phone.
        It is a page of your académie? It is the right one. Enter nothing there.
        Say so here.
 }
addresses-works = It works, I have seen it
addresses-after = to try next
addresses-other = Another address…
addresses-give = Give an address…
addresses-confirmed = tried by you
addresses-declined = not printed, as you chose
addresses-decline = { $kind ->
    [webmail] Do not print this code
   *[other] Do not print this address
 }
addresses-use = { $use ->
    [printed] Printed
   *[waiting] If it works, it will be printed
 } { $kind ->
    [webmail] below “Ma messagerie”.
   *[other] where help is.
 }
addresses-attested = { $how ->
    [year] from a source of { $when }
    [month] from a source of { $when }
    [day] from a source of { $when }
    [given] given by you, not tried yet
   *[never] to be tried
 }
addresses-others = { $count ->
    [one] { $count } other known address
   *[other] { $count } other known addresses
 }
addresses-none-known = No safe address is known
addresses-kind = { $kind ->
    [webmail] Mailbox:
    [login] Forgotten user name:
   *[help] Help about the mailbox:
 }
addresses-instead = { $open ->
    [true] Unless somebody tries it, the leaflet has: { $text }.
   *[false] The leaflet has: { $text }.
 }
addresses-other-label = Address of the mailbox
addresses-other-hint = It begins with https:// and ends with the name of the académie.
addresses-other-keep = Keep this address
addresses-kept = Your answer is dated and kept in the campaign. It travels with the .leaflet file.
# waiting: some, all or none of these addresses are printed only once they were tried.
addresses-left = { $open ->
    [0] The addresses are ready.
    [one] { $open } address to try{ $waiting ->
        [some] { " " }before printing.
        [all] . Without an answer, it is not printed.
       *[none] . Without an answer, it is printed as it is.
     }
   *[other] { $open } addresses to try{ $waiting ->
        [some] { " " }before printing.
        [all] . Without an answer, they are not printed.
       *[none] . Without an answer, they are printed as they are.
     }
 }

## Les pages

pages-lead = Choose, write: the real page of a real school follows.
pages-document = The document
pages-others = { $count ->
    [one] See { $count } other document: { $labels }
   *[other] See { $count } other documents: { $labels }
 }
pages-proposed = text proposed
pages-longest = The longest name stands on { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
 }{ HAS($usual) ->
    [yes] , at { $points } points instead of { $usual }.
   *[no] .
 }
pages-several = Several documents at once
pages-look = The look
pages-look-of = The look: { $label }
pages-words = Your words
pages-words-text = Write; the page follows. Touch a place on the page to find its text.
pages-sentences = { $count ->
    [one] The sentence of this page
   *[other] The { $count } sentences of this page
 }
pages-sentence = A sentence of the page
pages-for-whom = For whom?
pages-column = Add something from my list
pages-sentences-text = Choose the one that you want to write otherwise.
pages-lines = { $added ->
    [true] { $rows ->
        [0] nothing
        [one] { $rows } line
       *[other] { $rows } lines
     } of yours, 1 added (professional address)
   *[false] { $rows ->
        [0] empty
        [one] { $rows } line on the page
       *[other] { $rows } lines on the page
     }
 }
pages-which = Which school
pages-school = { $of ->
    [first] First
    [longest] Longest name
   *[shortest] Shortest
 }
pages-how = How to see it
pages-view = { $view ->
    [screen] Screen
   *[copy] Photocopied
 }
pages-previous = Previous school
pages-following = Next school
pages-place = { $nth } of { $of }
pages-sample = example school
pages-copied = Photocopied three times, { $lost ->
    [0] { $codes ->
        [one] the code can still be read
       *[other] the { $codes } codes can still be read
     }
   *[other] { $lost } of { $codes ->
        [one] { $codes } code
       *[other] { $codes } codes
     } cannot be read any more
 }
pages-take-look = Try the look “{ $label }”
pages-copied-text = The picture is what a worn machine makes of three copies; codes were read on it.
pages-codes-read = { $codes ->
    [one] Code read: { $read } of { $codes }
   *[other] Codes read: { $read } of { $codes }
 }
pages-left = Document, look and words are ready.
pages-left-sample = With an example school, as long as the list is missing.
pages-next = Continue: Check

## The colour

color-wrong = “{ $value }” is not a colour: paste its code, with # or without: 1f3a93.
color-title = Your colour
color-one = Only one: everything else follows from it
color-from-logo = Found in your logo
color-usual = Proposed colours
color-swatch = Colour { $color }
color-code = Code of the colour
color-always = Always readable.
color-adapted = Where your colour would be too light or too dark, the page adapts it by itself.

## Vérifier

check-reading = Making the pages and reading them again…
check-lead = { $errors ->
    [0] { HAS($others) ->
        [yes] Nothing prevents printing. { CAPITAL($others) }.
       *[no] Every page was really set.
     }
    [one] { CAPITAL(SAID($errors)) } thing to settle before printing{ check-lead-others }.
   *[other] { CAPITAL(SAID($errors)) } things to settle before printing{ check-lead-others }.
 }
check-lead-others = { HAS($others) ->
    [yes] , { $others }
   *[no] { "" }
 }
check-lead-mends = { SAID($count) } to mend in the list
check-lead-looks = { SAID($count) } to look at
check-errors = To settle before printing
check-mends = To mend in the list
check-looks = To look at
check-count = { $schools ->
    [true] { $count } schools.
   *[false] { $count } times.
 }
check-passed = Checked, and good
check-passed-count = { $count ->
    [one] { $count } check
   *[other] { $count } checks
 }
check-good = All is well
check-good-but = Nothing prevents printing
check-good-text = { n-schools }: everything fits, no secret line is filled in.
check-accepted = { $count ->
    [one] { $count } point accepted by you
   *[other] { $count } points accepted by you
 }
check-codes = The codes of each file are read when it is made
check-lines = Rows { $lines }{ $others ->
    [0] .
    [one] { " " }and { $others } other.
   *[other] { " " }and { $others } others.
 }
check-where = Where it is
check-page = The page that was checked
check-touch = Touch a pin to read the point.
check-behind = { $count ->
    [one] Point { $points }: { $side }.
   *[other] Points { $points }: { $side }.
 }
check-points = { $count ->
    [0] Nothing to report
   *[other] { $points ->
        [0] { $count ->
            [one] { $count } point
           *[other] { $count } points
         }
       *[other] { n-points } on the page{ $others ->
            [0] { "" }
           *[other] , { $others } { $listed ->
                [true] in the list
               *[false] elsewhere
             }
         }
     }
 }
check-review = Look again
check-review-this = Look again: { $title }
check-pin = Point { $nth }: { $text }
check-loupe = Point { $nth }, enlarged: { $text }
check-left = { $count ->
    [one] Point 1 is to settle.
   *[other] Points 1 to { $count } are to settle.
 }
# named: the rows are few enough to be named.
check-without = As they are, { $count ->
    [one] row { $rows }
   *[other] { $named ->
        [true] rows { $rows }
       *[false] { $count } rows
     }
 } will have no leaflet.
schools-waiting = { $schools ->
    [one] { n-schools } stands there twice, and waits for your choice.
   *[other] { n-schools } stand there twice, and wait for your choice.
 }
check-left-look = Nothing prevents making them.
check-left-none = Only the making is left.
check-next-error = Go to point { $nth }
check-next = Continue: Make

## Fabriquer

make-lead = Tick what you need. Everything can be made again, exactly alike.
make-what = What to make
make-summary = In short
make-schools = Schools
make-copies = Copies
make-documents = { $count ->
    [0] Document
    [one] Document
   *[other] Documents
 }
make-which = Which leaflets
make-changed = Only what has changed
make-all = Everything again
make-changed-only = Only what has changed since last time.
make-not-made = { $schools ->
    [one] { n-schools } was
   *[other] { n-schools } were
 } not made: on two rows that differ, until you choose
make-left-rows = { n-rows } left out.
make-without = { $schools ->
    [one] One school probably votes on another portal: no leaflet for it.
   *[other] { $schools } schools probably vote on another portal: no leaflet for them.
 }
make-not-printed = The election: { $word }. What is blank, or only proposed, is not printed.
make-see-them = See them
# What is missing, what leads there, and why.
make-missing = { $what ->
    [election]
        Answers are still missing
        Answer first
    [list]
        The list of schools is missing
        Give the list
    [look]
        Something is left to settle before printing
        See what is left
   *[check]
        The step “Check” is still to be done
        Check first
        A fault would be seen only in print. A minute is enough.
 }
make-to-compare = { $count ->
    [one] One fact was not compared with the notice
   *[other] { $count } facts were not compared with the notice
 }
make-compare = Compare first
make-draft = Make a draft all the same
make-draft-text = The procedure was another one at each election: compare before you print. A draft has “PROJET – à comparer à la notice” around each page and in the names of files, and no QR code.
make-draft-off = { $count ->
    [one] One fact is left to compare
   *[other] { $count } facts are left to compare
 }
make-draft-done = A draft: hand nothing out
make-draft-done-text = “PROJET” is printed on each page. First compare each fact with the notice.
make-choose-card = Choose a card
make-will-ask = You will be asked for the name of the print shop.
output = { $id ->
    [files] folder of PDFs
    [zip] ZIP
    [copier] file for the copier
    [print-run] file for the print shop
    [cards] cards
    [labels] address labels
   *[drafts] e-mail drafts
 }
the-output = { output }
make-made-at = Made on { $day } at { $time }
make-made-on = made on { $day } at { $time }
make-made-before = Made earlier, still in the folder and up to date: { $outputs }.
make-not-mended = { $rows ->
    [one] 1 row to mend: no leaflet is made of it.
   *[other] { $rows } rows to mend: no leaflet is made of them.
 }
make-interrupted = The last making was interrupted
make-interrupted-text = What it was to make is still ticked. Go on: what is made already is kept.
make-stale = out of date since a change: to be made again, not to be printed
make-old-title = To be made again before printing
make-old = Made before a change: to be made again, not to be printed
make-old-outputs = { HAS($what) ->
    [yes] Last change: { $what }.
   *[no] Something has changed since.
 } No longer up to date: { $outputs }.
make-old-again = Choose and make again
make-anew = { $count ->
    [0] all was up to date
   *[other] { $count } made again: { $names }
 }
make-removed = { $count ->
    [one] 1 outdated PDF removed
   *[other] { $count } outdated PDFs removed
 }
make-left-nothing = First tick what is to be made.
# few: there are few enough to be named.
make-left = { $few ->
    [true] { CAPITAL($outputs) }.
   *[false] { $count } outputs chosen.
 }
make-next-nothing = Choose what to make
make-next = { $count ->
    [one] Make it
   *[other] Make the { $count } { $files ->
        [true] files
       *[false] outputs
     }
 }
make-lead-running = Being made. You can go on working elsewhere.
make-lead-stopped = The making was stopped, as you asked.
make-lead-fault = The making was interrupted.
# kept: what is made.
make-kept = { HAS($kept) ->
    [yes] Nothing is lost. Kept: { $kept }.
   *[no] Your answers and your list are kept.
 }
make-later = The { $outputs }: complete once it is resumed
make-progress = Progress
make-tenth = { $percent } %
make-of = of { $total }
make-lot = part { $nth } of { $count }
make-far = { $done } of { n-made }{ HAS($rest) ->
    [yes] , { $rest }
   *[no] { "" }
 }
# A number of leaflets, or of files of cards, of which each has those of a school.
n-made = { $cards ->
    [true] { $count ->
        [one] { $count } file
       *[other] { $count } files
     }
   *[false] { $count ->
        [one] { $count } leaflet
       *[other] { $count } leaflets
     }
 }
make-seconds-left = { $count ->
    [one] about { $count } second left
   *[other] about { $count } seconds left
 }
make-minutes-left = { $count ->
    [one] about { $count } minute left
   *[other] about { $count } minutes left
 }
make-starting = Getting ready…
make-soon = A few moments more…
make-stop = Stop
make-late = The stop came too late: all was made.
make-done = done
make-then = then
make-last = Last page set
make-left-running = { HAS($kept) ->
    [yes] Stopping keeps what is made: { $kept }.
   *[no] Nothing is made yet.
 }
make-left-whole = The { output }: made in one go; stopped, it begins anew.{ HAS($kept) ->
    [yes] { " " }Kept already: { $kept }.
   *[no] { "" }
 }
make-left-stopped = Stopped at { $time }.
make-left-fault = { $cause }: interrupted at { $time }.
make-left-full = Interrupted at { $time } for want of room.
make-rest = { $count } left
make-to-make = { n-made } to put into it
make-resume = { $count ->
    [0] Resume
    [one] Resume
   *[other] Resume the { $count } that are left
 }
make-kept-row = { n-made } finished and read again
make-again = Begin the { output } anew
make-then-resume = Then press “{ $button }”.
make-choose = Back to the choice
make-other-place = Choose another folder…
make-in-place = Folder
make-moved = The files will go into { $folder }
make-moved-text = { HAS($free) ->
    [yes] { $free } left there.{ " " }
   *[no] { "" }
 }{ $kept ->
    [true] What is finished is there already.{ " " }
   *[false] { "" }
 }Press “{ $button }”.
make-place-title = Choose another folder
make-place-lead = The files will go there, into a folder of their own. The campaign and the list stay where they are.
make-place-found = Where there is enough room
make-place-none = No USB stick or folder with enough room was found. Plug a stick in, then open this window again.
make-place-free = { $size } free
make-place-other = Another folder
make-place-other-hint = { $system ->
    [windows] Open the folder, click into the address bar at the top of its window, copy, and paste here.
    [mac] Click the folder in the Finder, press Option + Command + C, then paste here.
   *[other] Open the folder and press Ctrl + L: its address appears. Copy it and paste it here.
 }
make-place-example = For example: { $address }
make-place-election = Elections
make-place-above = Choose { $count ->
    [one] “{ $name }”
   *[other] a folder
 } above, or paste the whole address, for example { $address }.
make-place-take = Take this folder
make-again-whole = The { output } must be made anew as a whole.
make-lacking-title = Not all is made
make-lacking = Not made: { $outputs }
make-lacking-text = The reason stands right below. Mend it and make it again, or choose something else.
make-of-document = { the-output }{ HAS($document) ->
    [yes] { " " }({ $document })
   *[no] { "" }
 }
make-done-title = { $leaflets ->
    [0] Done
   *[other] Done: { n-leaflets }
 }
make-done-lead = Made in { $seconds } s and read again, { $codes ->
    [none] {""}
    [true] the codes too,{" "}
   *[false] but not the codes,{" "}
 }{ $points ->
    [0] without a fault.
   *[other] { n-points } to look at below.
 }
make-to-look-at = { n-points } to look at
make-left-done = The list corrected later? Only leaflets that changed will be made again.
make-files = Your files
make-open-folder = Open the folder
make-save = Save
make-spreadsheet = Spreadsheet
make-folder = in the folder
make-other-files = { $count ->
    [one] … and { $count } other file.
   *[other] … and { $count } other files.
 }
make-also-in = They are in { $folder }.
make-also-named = A copy stays in { $folder }.
make-on-disk = in the folder: { $name }
make-before = { $copies ->
    [one] Before printing
   *[other] Before printing all { $copies }
 }
make-count-files = { $files } PDFs
make-test = Print a test sheet
make-how =
    Scale 100% | Choose “Actual size”. Never “Fit to page”.
    A test sheet | It is the first leaflet. Scan one of its QR codes with your phone.
    Both sides, long edge | { $mixed ->
        [true] One side for documents of one page.
       *[false] The page turns like that of a book.
    }
make-after = And then?
make-more = Make something else
make-pack = Send the campaign to another section
make-pack-text = A .leaflet file, without your list. Whoever gets it puts their name, address and message in place of yours.
make-packed = “{ $file }” is saved. Your list is not in it.
make-poster = A poster for the staff room
# Title, text and button.
kept-words = { $what ->
    [list]
        Your list
        It is kept on this computer so that a leaflet can be made again. Delete it after the vote.
        Delete it now…
   *[people]
        The names
        They are kept on this computer, for one card more. Delete them after the vote.
        Delete the names…
 }

## Erasing

# Title, text and button of the question.
erase-done = { $what ->
    [list] { HAS($stays) ->
        [yes] The campaign does not read the list any more.
       *[no] The list and its copy are erased.
     }
   *[people] { HAS($stays) ->
        [yes] The campaign does not read the names any more{ $files ->
            [0] { "" }
            [one] , and { $files } file of cards is erased
           *[other] , and { $files } files of cards are erased
         }.
       *[no] { erase-names }
     }
 }{ HAS($stays) ->
    [yes] { " " }“{ $stays }” stays, as it was not given to this window: delete it yourself.
   *[no] { "" }
 }
erase-names = { $names ->
    [0] The names
    [one] The name
   *[other] The { $names } names
 }{ $files ->
    [0] { " " }and the list are erased{ $left ->
        [0] ; there was no file of cards
       *[other] { "" }
     }.
    [one] , the list and { $files } file of cards are erased.
   *[other] , the list and { $files } files of cards are erased.
 }{ $left ->
    [0] { "" }
   *[other] { " " }The cards without names stay.
 }
erase-words = { $what ->
    [list]
        Delete the list and its mended copy?
        The leaflets stay; to make one again, the list will have to be given again.
        Delete the list
   *[people]
        Delete the names and their cards?
        The cards made with these names go, too, also those in the ZIP: print them first. What has no name stays, and so does a list that you had put into this folder yourself.
        Delete the names and the cards
 }

## The welcome

welcome-tab = Home
welcome-title = What would you like to prepare?
welcome-lead = Ten minutes are enough. You can stop at any time and come back: nothing is lost.
welcome-again = Hello again
welcome-again-lead = Your campaign is where you left it.
welcome-leaflets =
    Leaflets for my schools
    I have a list of schools. Each gets a leaflet with its name.
    Prepare leaflets
welcome-cards =
    Cards for my colleagues
    I have a list of names. Everyone gets a reminder card, printed on my sheets.
    Prepare cards
welcome-dossier =
    A campaign that was sent to me
    My federation gave me a file that ends in .leaflet. I add my list.
    Open the file
welcome-with-this = With this campaign
welcome-cards-too =
    Cards for my colleagues
    In a folder of their own, with the answers that were given here. You need the names.
    Paste the names
welcome-leaflets-too =
    Leaflets for my schools
    In a folder of their own, with the answers that were given here. You need the list.
    Give the list
welcome-cards-begun =
    The cards for my colleagues
    They are begun already, in a folder of their own.
    Open them again
welcome-leaflets-begun =
    The leaflets for my schools
    They are begun already, in a folder of their own.
    Open them again
welcome-another =
    Another campaign
    A new folder beside this one, which stays as it is.
    Begin it
welcome-dossier-too =
    A campaign that was sent to me
    A file that ends in .leaflet, in a folder of its own.
    Open the file
welcome-others = Your other campaigns
welcome-is-new = In a new folder: “{ $folder }”.
welcome-of-kind = { $cards ->
    [true] Cards · “{ $folder }”
   *[false] Leaflets · “{ $folder }”
 }
welcome-open = Open
welcome-here = Everything stays on this computer
welcome-here-text = No list, no name, no address goes to the internet.
welcome-see-yourself = See for yourself
welcome-cut = : cut the connection, everything still works.
welcome-standing = { $name }: { $word }
welcome-changed =
    Changed { HAS($day) ->
        [yes] on { $day }
       *[no] today
     } at { $time }
    In { $folder }
welcome-resume = Resume at “{ $name }”

## Drawings of a leaflet and a card: always in French

drawings-title = Pour voter,
drawings-subtitle = je me prépare maintenant
drawings-portal = Le portail
drawings-days = Vote : 3 – 10 déc. 2026
drawings-password = Mon mot de passe élections

## A campaign that was sent

dossier-tab = A campaign that was sent to me
dossier-gone = Open the file again from the first page.
dossier-title = The campaign that was sent to you
dossier-over = This vote ended on { $day }
dossier-over-text = Ask whoever sent you this file for the campaign of this year.
dossier-lead = { $campaign }. Prepared{ HAS($publisher) ->
    [yes] { " " }by { $publisher }
   *[no] { "" }
 }{ HAS($day) ->
    [yes] { " " }on { $day }
   *[no] { "" }
 }.
dossier-yours-missing = { "" } You add what is yours.
dossier-compare = Before you use it, compare the portal with your voting notice
dossier-compare-text = Everywhere this file will write:
dossier-compare-why = A forged file could lead elsewhere.
dossier-same = This is the address in my notice
dossier-left = First compare the portal with your notice.
dossier-left-same = Nothing of this file is taken yet.
dossier-refused = This file cannot be used.
dossier-use = Use this campaign
dossier-use-anyway = Use it all the same
dossier-yours = What you add
dossier-to-you = yours
dossier-yours-items =
    Name, address and message of your section | in place of those of whoever sent it
    Your list of schools | it will not leave this computer
    Try the address of the mailbox | a code to scan, one minute
dossier-inside = What is in this file
dossier-notice = Days, portal, steps
dossier-answered = { n-answers }{ $missing ->
    [0] { "" }
   *[other] , { $missing } blank
 }
dossier-own = { $key ->
    [publisher-color] colour
   *[other] logo
 }
dossier-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
 }
dossier-tried = Addresses of mailboxes that were tried
dossier-academies = { $count ->
    [one] { $count } académie
   *[other] { $count } académies
 }
dossier-will = What comes of it
dossier-will-alt = Front as it would be printed: { $name }
dossier-sample = with an example school
dossier-harmless = No list, no name, no program: a campaign file can run nothing.

## Cards

cards-names = The names
cards-names-lead = Copy the column of names in your spreadsheet, paste it here, and say which school it is of.
cards-names-todo = to paste
cards-school-todo = school to write
cards-which-school = The names are there; which school they are of is still to be said.
cards-names-word = { $odd ->
    [0] { n-names }
   *[other] { $odd } to look at
 }
cards-paste = Paste the names
cards-paste-hint = One a line. “LABERT Julie”, “Julie Labert” or two columns: all are understood.
cards-placeholder =
    LABERT Julie
    IF Zoé
    …
cards-school = School
cards-town = Town
cards-uai = UAI code
cards-uai-hint = The UAI code is optional{ $mailbox ->
    [false] .
   *[true] : it puts the address of the mailbox on the card.
 }
cards-left-school = Write the school and its town, too.
cards-left-keep = Write the school, then keep it.
cards-or-file = Or choose a file…
cards-nameless = Cards without names
cards-never = Put in no NUMEN, no password and no date of birth: they would be refused.
cards-left = The names are missing.
cards-left-all = The names and the school are missing.
cards-see = See the card
cards-left-read = { HAS($name) ->
    [yes] “{ $name }” is chosen; it is still to be read.
   *[no] The names are pasted; they are still to be read.
 }
cards-left-uai = Correct the UAI first, or clear it: { HAS($name) ->
    [yes] “{ $name }” stays chosen.
   *[no] the pasted names stay.
 }
cards-read = Read the names
cards-sample = an example, still without a name
cards-no-picture = No picture: this name cannot be printed.
cards-card = The card
cards-enlarge = Enlarge the card
cards-counted = { $names ->
    [0] No name was read.{ $odd ->
        [0] { "" }
       *[other] { " " }{ CAPITAL(SAID($odd)) } to look at.
     }
   *[other] { n-names }, { n-cards }. { $odd ->
        [0] All are read.
       *[other] { CAPITAL(SAID($odd)) } to look at.
     }
 }
cards-for-school = For which school?
cards-put-uai = Put { $uai }
cards-search = Look for a name
cards-nobody = No name is like this.
cards-tick = Choose { $name }
cards-untick = Choose nobody
cards-drop = Take { $name } away
cards-line = no. { $nth }
cards-state-of = { $card ->
    [new] new
    [mended] mended
   *[made] card made
 }
cards-left-only = { $count } chosen. The other cards do not change.
cards-only = { $count ->
    [one] This card only
   *[other] These { $count } cards only
 }
# few: there are few enough to be named.
cards-only-these = { $few ->
    [true] Only: { $names }.
   *[false] { $count } cards only, chosen among the names.
 }
cards-rather-all = Rather the { $total } cards
cards-only-changed = { $count ->
    [one] One card is new or mended
   *[other] { $count } cards are new or mended
 }
cards-make-only = { $count ->
    [one] Make this { piece } only
   *[other] Make these { $count } { pieces } only
 }
cards-others = { $old ->
    [true] The others stay as they were: they do not have what you have changed since.
   *[false] The others do not change.
 }
cards-tabs = Sheets of the workbook
cards-last-tab = Keep at least one sheet: the names come from it.
cards-no-names = without names
cards-paste-other = Paste another list
cards-at = For
cards-all = All
cards-swap = Swap first and last names everywhere
cards-add = Add a name
cards-first = First name
cards-last = Last name
cards-cell = { $field ->
    [uai] UAI code
   *[address] Professional address
 }
cards-caption = The pasted names and what will be printed
cards-nth = No.
cards-on-card = On the card
cards-state = State
cards-ready = ready
cards-parts = first: { $first } · last: { $last }
cards-whole = printed as it is
cards-nothing-odd = Nothing is to be looked at.
cards-show-more = Show more ({ $count })
cards-left-names = { $odd ->
    [0] { n-cards }, nothing to confirm.
    [one] { n-cards }. { $odd } name to look at.
   *[other] { n-cards }. { $odd } names to look at.
 }
cards-mend = Mend { $name }
cards-next = Continue: The card
cards-sheet-todo = after the names
cards-sheet-lead = Choose the sheet, complete the answers, then make the cards.
cards-sheets = What do you print on?
cards-reference = Number or size
cards-reference-hint = What is written on the box, for instance “C32011”, “L7163” or “99.1 × 38.1”
cards-fitting = Sheets that fit
cards-size = { $width } × { $height } mm
cards-kind = { $plain ->
    [true] to cut out
   *[false] { $sides ->
        [one] labels
       *[other] cards
     }
 }
cards-per-sheet = { $count } a sheet, { $document ->
    [memo-label] on one side: the QR code of the portal, a line for the password
    [memo-a6] to fold: one writes under the fold
   *[other] on both sides: the portal in front, the mailbox behind
 }{ $plain ->
    [true] ; with crop marks
   *[false] { "" }
 }
cards-enough = { $names ->
    [0] { $sheets } of { $count }
   *[other] { n-names }: { $sheets }
 }
cards-plain = Plain A4 paper
cards-measure = My box is not there: its measures
cards-measure-text = An A4 sheet of the box and a ruler are enough.
cards-measure-name = What is the box called?
cards-measure-kind = What is it?
cards-measure-kinds =
    Labels that stick: one side
    Cards: front and back
cards-measures =
    width of one piece
    height of one piece
    from the left edge to the first
    from the top to the first
    from one to the next, across
    from one to the next, down
cards-measure-unit = In millimetres, to the tenth: 99.1.
cards-measure-keep = Keep these measures
cards-tried = Your sheet
cards-tried-text = By your measures. Keep them, then print the test sheet.
cards-test-text = On plain paper, at 100%: hold it on a real sheet, against a window.
cards-name-hint = { $printed ->
    [true] Printed on the back of the card
   *[false] Not printed on the labels: their file says who they are from
 }
cards-vote = The vote
cards-mailbox = The address of the mailbox
cards-not-tried = , not tried yet
cards-gives = ; the card gives
cards-untried = Without an answer the code is not printed: the card gives the site of the académie.
cards-no-sheet = “{ $sought }” is not in our list. Its measures are enough; they are often on the back of the box.
cards-meant = { $name }?
cards-unfit = { $name } ({ $size }) does not fit: { $needed } is needed.
cards-found = { $count ->
    [one] { $count } sheet found.
   *[other] { $count } sheets found.
 }
cards-there = Made already
cards-there-text = Making them again replaces the file of the same name: print it first, or save it elsewhere.
cards-few-answers = These answers are enough for the cards.
cards-first-sheet = First sheet
cards-first-paper = The sheet
cards-on-paper = { n-cards } to cut out{ $sheets ->
    [one] .
   *[other] , on { $sheets } sheets.
 }
cards-pieces = { $plain ->
    [true] { $count ->
        [one] { $count } sheet of paper
       *[other] { $count } sheets of paper
     }
   *[false] { $count ->
        [one] { $count } sheet
       *[other] { $count } sheets
     }
 }
cards-places = Places of the first sheet
cards-used = used
cards-place = Place { $place }, { $used ->
    [true] used
   *[false] { $nth ->
        [0] free
        [1] card { $nth }, the first
       *[other] card { $nth }
     }
 }
cards-last-used = { $used ->
    [one] One place of your last sheet is used.
   *[other] { $used } places of your last sheet are used.
 }
cards-from-free = Begin at place { $free }
cards-begun = Sheet begun already? Touch the first free place.
cards-left-sheets = { n-pieces } on { $sheets } ({ $name }){ $start ->
    [1] .
   *[other] , from place { $start } on.
 }
cards-left-blank = { n-answers } missing.
cards-left-nameless = Without names: { $sheet } of { n-pieces } ({ $name }), to be printed as often as needed.
cards-make = { $count ->
    [one] Make the { piece }
   *[other] Make the { n-pieces }
 }
cards-make-nameless = Make one sheet
cards-printing = Print
cards-print-todo = at the end
cards-print-done = ready
cards-print-stale = { $few ->
    [0] to be made again
    [one] one card to be made
   *[other] { $few } cards to be made
  }
cards-stale-title = { $count ->
    [one] The card must be made again
   *[other] { $count } cards must be made again
 }
cards-stale-lead = Something has changed since they were made.
cards-left-stale = The cards that were made are not up to date any more.
cards-make-again = { $count ->
    [0] Make it again
    [one] Make the card again
   *[other] Make the { $count } cards again
 }
cards-done-title = { $count ->
    [one] The { piece } is ready
   *[other] { n-pieces } are ready
 }
cards-nameless-title = { $count ->
    [one] The sheet { $stale ->
        [true] must be made again
       *[false] is ready
     }
   *[other] { cards-pieces } { $stale ->
        [true] must be made again
       *[false] are ready
     }
 }
cards-copies = { $sheets ->
    [one] It
   *[other] Each
 } has { n-pieces }: print it as often as needed, 5 times for { $five }.
cards-done-lead = { $sheets } ({ $name }), read again card by card.
cards-before-printing = Before printing
cards-shifted = Are the frames shifted?
cards-shifted-items =
    Scale: 100% or “Actual size”, never “Fit to page”.
    Paper: A4, { $label ->
        [true] without a margin of the printer’s own.
       *[false] with the same margins for front and back.
     }
    Always shifted to the same side? Push the guide of the tray against the sheets, then test again.
cards-measure-offset = Still shifted? Print the calibration sheet at 100%{ $label ->
    [true] { "" }: only its front counts.
   *[false] , on both sides.
 } Measure it in millimetres, with the tenths: 50.2.
cards-calibration = Print the calibration sheet
cards-line-of = { $name ->
    [a] Front: from the left edge to line A
    [b] Front: from the top edge to line B
    [c] Back: from the left edge to line C
    [d] Back: from the top edge to line D
   *[ruler] Ruler at the bottom, from 0 to 150
 }
cards-correct = Correct the offset
cards-corrected = The offset is corrected
cards-corrected-for = From now on it is for all sheets of this folder, the test sheet included.
cards-uncorrect = Correct it no more
cards-print = { $plain ->
    [true] Print, then cut
   *[false] Print without wasting a sheet
 }
cards-test = Print the test sheet
cards-open = { $count ->
    [one] Open the sheet (PDF)
   *[other] Open the { $count } sheets (PDF)
 }
cards-how =
    Test on paper | { $plain ->
        [true] Cut the test sheet: its marks stand right.
       *[false] Hold the test sheet on a sheet of cards against a window: the frames coincide.
     }
    Scale 100% | “Actual size”, never “Fit”.
    Long edge | Each back falls behind its front.
cards-hand = Handing out the cards
cards-hand-items =
    Everyone fills in their own by hand.
    The voting code stays on the notice, never on the card.
    The card is destroyed after the vote.
cards-left-done = A name was forgotten? The rest does not change.

## The campaign is open elsewhere

lock-title = This campaign is open already
lock-lead = { $here ->
    [true] { HAS($title) ->
        [yes] “{ $title }”
       *[no] It
     } has been open on this computer since { $since }, in another window or in a leaflet that has not been ended.
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] Somebody else
     } has been working on { HAS($title) ->
        [yes] “{ $title }”
       *[no] this campaign
     } since { $since }. Two people at once would undo each other’s work.
 }
lock-now = Right now
lock-saved = Nothing saved since { $time }.
lock-left = { $here ->
    [true] The other window is closed, or you do not work there any more? Go on here:
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] Somebody
     } shut the computer without leaving? Take over:
 } nothing that is done will be lost.
lock-what = What would you like to do?
lock-watch = Watch without changing anything
lock-watch-text = The page follows { $here ->
    [true] the other window
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] them
     }
 } step by step.
lock-watch-button = Watch
lock-copy = Work on a copy
lock-copy-text = “{ $folder } (copy)”, beside the original, which does not change.
lock-copy-button = Make a copy
lock-take = { $here ->
    [true] Go on in this window
   *[false] Take over
 }
lock-take-text = { $here ->
    [true] The other window
   *[false] { HAS($who) ->
        [yes] { $who }
       *[no] The other one
     }
 } keeps what is done, can only read, and is told with the next thing done.
lock-take-button = { $here ->
    [true] Go on here
   *[false] Take over…
 }
lock-sure = Take over from { HAS($who) ->
    [yes] { $who }
   *[no] somebody else
 }?
lock-sure-text = Nothing that is done will be lost. If { HAS($who) ->
    [yes] { $who }
   *[no] somebody
 } is still at the computer, say so first: that window will not be able to change anything.

## The campaign cannot be read

broken-title = The campaign does not open
broken-lead = Its file was changed outside leaflet. Your lists are there, and nothing was erased.
broken-back = Take back the version before
broken-back-text = The campaign as it was { HAS($time) ->
    [yes] at { $time }
   *[no] before the last thing you did here
 }. One thing is to be done again: “{ $change }”. The changed file is kept: “Redo” brings it back.
broken-back-button = Take this version back
broken-mended = Somebody mended it?
broken-mended-text = The program reads it again, and the campaign opens.
broken-where = What is to be put right in the file
broken-copy = Copy
broken-copied = It is copied
broken-again = Read the file again

## The program ended in the middle

unfinished-title = Your work is here
unfinished-lead = The program stopped without warning. All you had done until { $time } is kept.
unfinished-last = What you did last
unfinished-open = One correction was not finished
unfinished-standing = Nothing is lost
unfinished-resume = Resume there
unfinished-resume-line = Resume at row { $line }
unfinished-home = Go to the start
unfinished-columns = See the columns again
unfinished-happened = What happened?
unfinished-happened-text = The computer or the program was probably switched off all at once. Each thing you do is saved as soon as it is done: nothing is to be done again.

## The program is gone

gone-title = The program has stopped
gone-text = Nothing is lost: all was saved at { $time }, and what you were typing stayed on this page.
gone-text-fresh = Nothing is lost.
gone-steps =
    Open leaflet again as usual, by its icon.
    This page goes on by itself. Do not close it.
gone-retrying = Trying again every two seconds…
gone-copy = Copy what I was typing
gone-copied = Copied
gone-retry = Try again now

## Nothing is sent

proof-lead = This is not a promise: you can see it.
proof-sent = Sent to the internet
proof-received = Files from the internet
proof-since = Since
proof-test = The test that does not deceive
proof-test-text = Switch off the wifi or unplug the cable, then make leaflets. Everything works.
proof-kept = What is kept on this computer, and where
proof-folder = All of it is in { $folder }.
proof-understood = I see

## The program has ended

end-title = leaflet has ended
end-lead = Everything is saved. You can close this tab; to go on, open leaflet again.

## The browser edition

browser-loading = Getting the program ready
browser-loading-text = { $size } come into this browser, once. After that, nothing leaves it.
browser-starting = All of it is here. Starting…
browser-elsewhere = This campaign is open in another tab
browser-elsewhere-lead = Two tabs at a time would undo each other’s work. Nothing that is done will be lost.
browser-here = Go on here
browser-title = Nothing installed, nothing sent
browser-lead = The program runs in this browser. This is no promise: you can see it.
browser-kept-here = Your campaign and the program are kept in this browser, and nowhere else.
browser-program = The program, for the next time
browser-erase-all = Erase everything from this browser…
browser-erase-title = Erase everything from this browser?
browser-erase-text = The campaign, the lists and the program go from this computer. What you have saved elsewhere stays there.
browser-erase-yes = Erase everything
browser-erased = Everything is erased
browser-erased-lead = Nothing is left in this browser. You can close this tab.
browser-unsaved = This is not kept: the browser has no room left. Make some, then try again; do not close this page before.
browser-save-now = Save these files: they are here only as long as this page is open.

## Help

help-title = Help
help-keys = With the keyboard
help-list =
    Tab | from one place to the next
    Enter | keep, and go to the next cell
    Escape | leave the cell as it was, close
    Ctrl+Z / Ctrl+Y | undo, redo
    Alt+1 to Alt+5 | go to the step of that number
    Ctrl+V | paste a list or names
    ← / → | previous, next school, on the page
    F6 | from the work to the page, and back
    Ctrl+P | the test sheet, once it is made
help-lines = { $station ->
    [dossier] Compare the portal’s address with that of your notice. Nothing of the file is taken before you say so.
    [election]
        Copy from your voting notice. A blank answer is hatched on the page.
        Touch a place on the page to find its question.
    [list]
        Drop the list as it was sent to you, say where each piece comes from, mend what is wrong.
        Your file is never changed: corrections go into a copy.
    [pages] The page beside is the real one. It changes with each choice and each word.
    [check] What is to be settled prevents printing; what is to be looked at prevents nothing.
    [make] Tick, make. Stopping keeps all that is made.
    [cards] Paste the names, say which sheet you print on, make.
   *[welcome] Choose a door. You can always come back here by “leaflet”, at the top left.
 }

## Faults of the page itself

trouble-cut-off = The making was interrupted. What is made is kept.
trouble-too-big = This file is too big to be a list. Drop the workbook itself.
trouble-not-there = The program cannot do this yet.
trouble-confused = The program could not answer. Nothing was changed: try again.
trouble-watching = You are only watching. To change something, open the page again and take over.
