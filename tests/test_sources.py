"""`seeds/sources.json` is CSL-JSON, its citation strings are the processor's own, and its links lead only to
publishers, archives, official data and encyclopedias."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import citeproc
import pytest

from cadres_edu import citations, tables

PATH = Path(__file__).parents[1] / "seeds" / "sources.json"
ITEMS = tables.items(PATH)
BY_ID = {item["id"]: item for item in ITEMS}

# The types of CSL 1.0.2.
CSL_TYPES = {
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast"),
    *("chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary"),
    *("entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation"),
    *("manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent"),
    *("performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report"),
    *("review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
}
CUSTOM = {"read", "licence", "note", "short", "cited-after", "checked"}
NAMES, DATES, VARIABLES = (
    {field.replace("_", "-") for field in fields} for fields in (citeproc.NAMES, citeproc.DATES, citeproc.VARIABLES)
)
TEXTS = VARIABLES | {"id", "type"}

HOSTS = {
    # Encyclopedias and official pages
    *("en.wikipedia.org", "zh.wikipedia.org", "hprc.cssn.cn", "hprc.org.cn", "keywords.china.org.cn", "www.gov.cn"),
    *("dangshi.people.com.cn", "www.theorychina.org.cn", "www.xzqh.org"),
    # Publishers
    *(
        "cepr.org",
        "chinascope.org",
        "doi.org",
        "everydaylifeinmaoistchina.org",
        "global.chinadaily.com.cn",
        "muse.jhu.edu",
    ),
    *("www.asianews.it", "www.asiasentinel.com", "www.cambridge.org", "www.jstor.org", "www.sciencedirect.com"),
    *("www.bjreview.com", "www.bjreview.com.cn", "www.thepaper.cn"),
    # Data, at the repositories of those who publish them (see DATA_REPOSITORIES)
    "github.com",
}
DATA_REPOSITORIES = {
    *("mwt/rART", "open-numbers/ddf--gapminder--systema_globalis", "owid/owid-datasets"),
    *("PPgp/wpp2022", "PPgp/wpp2024"),
}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def rendered() -> dict[str, tuple[str, str]]:
    return citations.render(ITEMS)


def faults(item: dict) -> list[str]:
    """What keeps an item from being CSL-JSON with our fields under `custom`."""
    found = [] if item.get("type") in CSL_TYPES else [f"{item.get('type')!r} is no CSL type"]
    for field, value in item.items():
        if field in NAMES:
            right = isinstance(value, list) and value and all(_is_name(name) for name in value)
        elif field in DATES:
            right = set(value) == {"date-parts"} and all(_is_date(parts) for parts in value["date-parts"])
        elif field == "custom":
            right = set(value) <= CUSTOM and all(isinstance(text, str) and text.strip() for text in value.values())
        else:
            right = field in TEXTS and isinstance(value, str) and value == value.strip() != ""
        if not right:
            found.append(f"{field}: {value!r}")
    return found


def _is_name(name: dict) -> bool:
    return set(name) in ({"literal"}, {"family", "given"}) and all(part == part.strip() != "" for part in name.values())


def _is_date(parts: list) -> bool:
    bounds = ((1900, 2100), (1, 12), (1, 31))
    return 1 <= len(parts) <= 3 and all(low <= part <= high for part, (low, high) in zip(parts, bounds, strict=False))


@pytest.mark.parametrize("item", BY_ID.values(), ids=BY_ID.keys())
def test_each_work_is_csl_json(item):
    assert not faults(item)
    assert item["title"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "blog"},
        {"author": [{"name": "Liu"}]},
        {"author": []},
        {"issued": {"date-parts": [[1962, 13]]}},
        {"titel": "A slip"},
        {"volume": ""},
        {"custom": {"remark": "not one of ours"}},
    ],
)
def test_a_fault_is_found(wrong):
    assert faults({"id": "x", "type": "book", "title": "X"} | wrong)


def test_ids_are_slugs_once_each_and_in_order():
    ids = [item["id"] for item in ITEMS]
    assert [name for name in ids if not SLUG.fullmatch(name)] == []
    assert ids == sorted(set(ids))


def test_the_file_stands_as_the_maintainers_command_writes_it():
    assert PATH.read_text(encoding="utf-8") == citations.as_text(ITEMS), "run: python -m cadres_edu.citations"


@pytest.mark.parametrize("name", BY_ID)
def test_stored_strings_are_the_processors(name, rendered):
    custom = BY_ID[name]["custom"]
    assert (custom["note"], custom["short"]) == rendered[name], "run: python -m cadres_edu.citations"


@pytest.mark.parametrize("name", BY_ID)
def test_strings_read_well(name):
    item = BY_ID[name]
    for text in (item["custom"]["note"], item["custom"]["short"]):
        assert not re.search(r"\.\.|,,|  | ,|\bn\.d\b|None|\(\)|[.,;]$", text)
    for title in (item["title"], item.get("title-short", "")):
        assert not CHINESE.search(title) or re.search(r"\[[^\[\]]*[A-Za-z][^\[\]]*\]", title), "a gloss is missing"


@pytest.mark.parametrize("name", BY_ID)
def test_what_was_seen_through_another_work_says_so(name):
    custom = BY_ID[name]["custom"]
    assert custom["read"] in {"full", "excerpt", "secondhand"}
    assert custom["licence"]
    assert (custom["read"] == "secondhand") == ("cited-after" in custom)
    after = custom.get("cited-after", "")
    assert not SLUG.fullmatch(after) or (after in BY_ID and after != name)


def test_works_can_be_found_again():
    """Each has someone who answers for it: an author, an editor, a publisher, or the place where it appeared."""
    assert [i["id"] for i in ITEMS if not {"author", "editor", "publisher", "container-title"} & set(i)] == []


def test_links_lead_only_to_publishers_archives_official_data_and_encyclopedias():
    links = [(name, link) for name, item in BY_ID.items() for link in re.findall(r"https?://\S+", json.dumps(item))]
    assert links
    assert {(name, link) for name, link in links if urlsplit(link.strip('",')).hostname not in HOSTS} == set()
    repositories = {urlsplit(i["URL"]).path.strip("/") for i in ITEMS if "github.com" in i.get("URL", "")}
    assert repositories <= DATA_REPOSITORIES


def test_no_unauthorised_copy_is_pointed_to():
    assert not re.search(
        r"mirror|marxists|libgen|scribd|z-?lib|archive\.ph", PATH.read_text(encoding="utf-8"), re.IGNORECASE
    )


def test_a_changed_title_is_rendered_anew_and_named(tmp_path, monkeypatch, capsys):
    path = tmp_path / "sources.json"
    works = [json.loads(json.dumps(BY_ID[name])) for name in ("zhang-suhua-2006", "bramall-2011")]
    works[1]["title-short"] = "Local Cadres"
    path.write_text(json.dumps(works), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["citations", str(path)])
    citations.main()
    assert "1 works changed: bramall-2011" in capsys.readouterr().out
    again = tables.items(path)
    assert [item["id"] for item in again] == ["bramall-2011", "zhang-suhua-2006"]
    assert again[0]["custom"]["short"] == "Bramall, ‘Local Cadres’, 2011"
    assert citations.rewrite(path) == []


def test_a_full_and_a_short_note():
    work = {"id": "w", "type": "article-journal", "title": "On Grain", "container-title": "The Review", "volume": "3"}
    work |= {"author": [{"family": "Li", "given": "Wei"}], "issued": {"date-parts": [[2005]]}, "page": "840-877"}
    assert citations.render([work]) == {
        "w": ("Wei Li, ‘On Grain’, The Review 3 (2005): 840–77", "Li, ‘On Grain’, 2005"),
    }
    undated = {"id": "u", "type": "webpage", "title": "On Steel", "container-title": "A Site"}
    assert citations.render([undated]) == {"u": ("‘On Steel’, A Site", "‘On Steel’")}
