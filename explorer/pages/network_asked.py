"""What the address of the network asks for: which agreements, and which picture of them."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request

from explorer.filters import asked, in_words, pictured
from explorer.i18n import say
from explorer.index import Bools
from explorer.pictures.picture import Picture, tie_legend
from explorer.pictures.places import home_province
from explorer.pictures.points import Scene
from explorer.pictures.scene import network_scene
from explorer.pictures.still import box_of, network_svg
from explorer.service import View
from graph_loader import AgreementFilter, Language, NotFound

STILL = 600  # points; because as SVG so many weigh half a megabyte
_OPENED = 60  # because that is every group there is


def scene_asked(shown: View, where: AgreementFilter, chosen: Bools, lang: Language) -> Scene:
    """The picture that the address asks for: its middle, what is open, and whether all is."""
    return network_scene(
        shown, chosen, lang, focus=where.party, opened=opened_asked(), every_party=every_asked()
    )


def light_enough(
    shown: View, where: AgreementFilter, chosen: Bools, scene: Scene, lang: Language
) -> Scene:
    """The same scene for SVG inside a page; in groups where alone its parties would be too many."""
    if len(scene.points) <= STILL:
        return scene
    return network_scene(shown, chosen, lang, focus=where.party)


def opened_asked() -> list[str]:
    """The groups that the address opens, in the order of opening; each once."""
    asked_for = request.args.get("buka", "").split(",")[:_OPENED]
    return [id for id in dict.fromkeys(asked_for) if id]


def every_asked() -> bool:
    """Whether the address asks for every party on its own."""
    return request.args.get("semua") == "1"


def picture(shown: View, lang: Language) -> Picture:
    """The picture of `/jaringan` with the same filters. Raises: NotFound ("picture-empty")."""
    where = asked(shown, party=request.args.get("pihak", ""))
    chosen = pictured(shown, where)
    scene = scene_asked(shown, where, chosen, lang)
    if not scene.points:
        raise NotFound("picture-empty")
    return picture_of(shown, where, chosen, scene, lang)


def picture_of(
    shown: View, where: AgreementFilter, chosen: Bools, scene: Scene, lang: Language
) -> Picture:
    """A scene as a picture that says what it shows, by which filters, and what it leaves out."""
    return Picture(
        svg=network_svg(scene, {}, lang),
        size=box_of(scene)[2:],
        title=say(lang, "network.answer", agreements=int(chosen.sum()), parties=scene.parties,
                  ties=scene.ties),
        summary=say(lang, "network.picture", parties=scene.parties, ties=scene.ties),
        legend=tie_legend(lang),
        notes=[words for words in _notes(shown, scene, where, lang) if words],
    )  # fmt: skip


def _notes(shown: View, scene: Scene, where: AgreementFilter, lang: Language) -> Iterator[str]:
    """The filters of a picture, and what was grouped or left out of it."""
    yield in_words(shown, where, lang)
    if scene.aggregated:
        points = sum(point.shape != "quiet" for point in scene.points)
        yield say(lang, "network.grouped", points=points, parties=scene.parties)
    if len(scene.lines) < scene.lines_total:
        home = shown.index.name(where.party or home_province(shown.index), lang)
        yield say(lang, "network.cut", lines=len(scene.lines), total=scene.lines_total, home=home)
