"""A file as crawlers have it: ten reviews of our own writing, with the faults of real ones."""

from tests.interop.claimreview.reader import Members

NUMBERS = {"@type": "Rating", "ratingValue": "1", "bestRating": "5", "worstRating": "1"}
DESK = {"@type": "Organization", "name": "Desk", "url": "https://desk.example"}


def crawled(place: str, claim: str, rating: Members, **members: object) -> Members:
    """Return a review with what a crawler has around it."""
    page = f"https://desk.example/{place}"
    known = {"@type": "ClaimReview", "claimReviewed": claim, "url": page, "author": DESK}
    return {"page_url": page, "claim_review": known | {"reviewRating": rating} | members}


def work(**author: object) -> Members:
    """Return a work by somebody, where a claim ought to be."""
    return {"@type": "CreativeWork", "author": author, "datePublished": "2022-02-16"}


EMPTY = {"@type": "Rating", "bestRating": "5", "worstRating": "1", "ratingValue": ""}
SCORED = {"@type": "Rating", "ratingValue": "1", "bestRating": "", "ratingExplanation": 5}

# The item; the rating that it is read as; some of what is told of it.
ITEMS: list[tuple[Members, str | None, set[str]]] = [
    (crawled("fares", "Bus fares rose by a third", NUMBERS | {"alternateName": "Faux"},
        datePublished="2022-02-17 09:00"), "false", {"number-mended", "date-in-part"}),
    (crawled("hay", "Hay is dear&#039;s word", NUMBERS | {"alternateName": "Misleading", "ratingValue": "3"},
        author=DESK | {"logo": {"@type": "ImageObject", "url": "https://desk.example/l.svg", "width": ""}}),
        "mostly_false", {"text-mended"}),
    (crawled("cure", "Milk is a cure", NUMBERS | {"alternateName": "Incorrect", "bestRating": "6"},
        itemReviewed=work(name=["B. Farmer", "mayor of Hayfield"]), description="He said<br />\r\nso."),
        "false", {"not-a-claim", "role-in-name", "text-mended"}),
    (crawled("film", "A doctor praises milk", {"@type": "Rating", "ratingValue": 5, "alternateName": "não_é_bem_assim"},
        url="desk.example/film", itemReviewed=work(name="rumour", image="desk.examplehttps://x.example/1", sameAs=[])),
        "mixed", {"url-mended", "not-a-claim"}),
    (crawled("school", "Pupils are taught to milk", SCORED | {"alternateName": "False"},
        author={"@type": "Person", "name": "C", "url": "/author/c"}, itemReviewed=work(name="A page", url="/")),
        "false", {"empty", "url-relative", "wrong-shape"}),
    (crawled("prison", "All prisoners are farmers", NUMBERS | {"alternateName": "Falso."}), "false", {"label-decorated"}),
    (crawled("cows", "7% of cows forget", EMPTY | {"alternateName": "Experts say that cows remember well"},
        author=DESK | {"url": "desk.example"}), None, {"label-unknown", "rating-unknown"}),
    (crawled("tale", "बारिश हुई", NUMBERS | {"alternateName": "Misleading"}, itemReviewed=work(name="users ",
        sameAs=" https://posts.example/1 "), page_url=None), "mostly_false", {"not-a-claim"}),
    (crawled("car", "Each player gets a car", EMPTY | {"alternateName": "False", "bestRating": "2", "worstRating": "2"},
        itemReviewed={"@type": "Claim", "firstAppearance": {"@type": "CreativeWork", "url": "https://a.example/1"}}),
        "false", {"scale-insane"}),
    (crawled("war", "The war was won by farmers", NUMBERS | dict.fromkeys(("ratingValue", "bestRating", "worstRating"), "-1")
        | {"alternateName": "really_false"}, itemReviewed=work(name="users", sameAs="users")), "false", {"scale-insane"}),
]  # fmt: skip
