"""The guide to copying a notice de vote: ``python -m docs.make_notice`` draws its picture and writes its table.

The notice is invented: what it says are the examples of ``assets/fields.toml``.
"""

from pathlib import Path

from docs.make_images import Drawing, save
from leaflet.campaign.facts import field_rows
from leaflet.campaign.values import step_rows

PAGE = Path(__file__).parent / "fr" / "notice.md"
# The lines of the notice, with the fields they give; a line without fields is only read.
LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Élections d’exemple", ("title",)),
    ("Ministère d’exemple", ("scope",)),
    ("Notice d’exemple", ("notice.name",)),
    ("", ()),
    ("Le vote ouvre le jeudi 15 janvier 2026", ("vote.opens_on",)),
    ("à 9 h 30", ("vote.opens_at",)),
    ("et se termine le jeudi 22 janvier 2026", ("vote.closes_on",)),
    ("à 16 h 30 (heure de Paris).", ("vote.closes_at", "vote.timezone_label")),
    ("", ()),
    ("Comment voter", ("steps",)),
    ("1. J’ouvre https://exemple-vote-2026.gouv.fr/", ("links.portal",)),
    ("2. Je saisis mon identifiant d’exemple", ("account.login",)),
    ("    et je crée mon mot de passe d’exemple.", ("account.password",)),
    ("3. Je choisis ma question d’exemple.", ("account.challenge",)),
    ("4. Je vote dans mon espace électeur.", ("account.space",)),
    ("", ()),
    ("Mon code d’exemple :  • • • •   (il ne se recopie jamais)", ("notice.code_name",)),
    ("", ()),
    ("Code perdu ? À partir du mardi 13 janvier 2026,", ("reissue.opens_on",)),
    ("procédure d’exemple, sur le portail.", ("reissue.name", "reissue.how")),
    ("Assistance : https://exemple-vote-2026.gouv.fr/aide", ("links.help",)),
)
_TITLES = {"Élections d’exemple", "Notice d’exemple", "Comment voter"}
_TOP, _STEP = 62, 29  # pixels
_HEAD = """\
# Recopier sa notice de vote

<!-- Écrit par « python -m docs.make_notice » : le tableau vient de assets/fields.toml. -->

Chaque personne qui vote reçoit un papier, la **notice de vote**. C’est d’elle que viennent l’adresse du portail, les
heures et les mots exacts de la procédure : `leaflet` ne devine rien et laisse en blanc ce que personne n’a dit.

Le plus simple est de répondre aux questions, la notice sous les yeux :

```
leaflet --lang fr fill ma-campagne/campaign.toml
```

Chaque question indique où regarder sur la notice. Une réponse refusée est redemandée ; une réponse juste est
enregistrée aussitôt dans `campaign.toml`, dont les commentaires restent.

**Ne recopiez jamais un mot de passe, un code de vote ni un NUMEN.** On ne demande que leur *nom* : « mot de passe
élections », « code de vote ».

![Une notice inventée, et le champ que donne chacune de ses lignes](../images/notice.png)

La notice ci-dessus est inventée ; la vôtre emploie d’autres mots. À droite, le champ de `campaign.toml` :
`vote.opens_at` est la ligne `opens_at = …` sous `[vote]`.

## Ce que contient la notice, et où l’écrire

| Champ | Ce que c’est | Où le trouver | Exemple (inventé) |
| --- | --- | --- | --- |
"""
_STEPS = """
## Les étapes

`steps` est la liste des étapes du dépliant, dans l’ordre. Chacune a un nom :

| Nom | Ce que dit l’étape |
| --- | --- |
"""
_FOOT = """
Une étape qui manque ici s’écrit en toutes lettres :
`{ title = "Je signe", text = "La feuille est au secrétariat." }`.

## Comme la dernière fois ?

`leaflet --lang fr init ma-campagne --like 2022` reprend la procédure de 2022 (jamais les jours ni les adresses). Ce
qui est repris n’a été comparé à aucune notice de cette année : `leaflet fill` vous le montre point par point ;
répondez « o » si la vôtre dit la même chose, et la campagne garde la valeur et le jour (`compared`). Un renseignement
tapé à la main se compare de même. Tant qu’il reste un renseignement à comparer, rien n’est fabriqué pour être
distribué : `leaflet build --draft` fait des projets, entourés de « PROJET » et sans QR code.
"""


def main() -> None:
    """Draw the picture and write the page."""
    save(picture().picture, "notice")
    PAGE.write_text(notice_page(), "utf-8")


def notice_page() -> str:
    """Return the page in Markdown."""
    rows = [
        f"| `{field}` | {row.what['fr']} | {row.where['fr']} | `{row.example}` |"
        for field, row in field_rows().items()
    ]
    steps = [f"| `{row.fr}` | {row.what['fr']} |" for row in step_rows().values()]
    return _HEAD + "\n".join(rows) + "\n" + _STEPS + "\n".join(steps) + "\n" + _FOOT


def picture() -> Drawing:
    """Draw the notice with the field of each line beside it."""
    drawing = Drawing(900, _TOP + _STEP * len(LINES) + 40)
    drawing.box(30, 24, 500, _STEP * len(LINES) + 40)
    for number, (text, fields) in enumerate(LINES):
        y = _TOP + number * _STEP
        drawing.text(56, y, text, 21 if text in _TITLES else 17, anchor="lm")
        if fields:
            drawing.arrow((540, y), (600, y))
            drawing.text(612, y, ", ".join(fields), 17, "#c8102e", anchor="lm")
    return drawing


if __name__ == "__main__":
    main()
