from catalog.search_text import compact_numbers, search_text


def made(**parts: object) -> str:
    given = {"title": "", "people": [], "numbers": [], "others": []} | parts
    return search_text(**given)  # type: ignore[arg-type]


def test_the_parts_are_told_apart_by_marks() -> None:
    text = made(
        title="Der Krieg", people=["Dix, Otto", ""], numbers=["1916.0047", "7"], others=["Radierung", "Bern"]
    )
    assert text == "^ der krieg $ | dix otto / #19160047 #191647 1916 0047 , 1916 47 #7 7 ; radierung , bern "


def test_a_title_with_umlauts_is_there_in_both_spellings() -> None:
    assert made(title="Die Flöte").startswith("^ die flote $ ^ die floete $ |")


def test_of_a_whole_book_the_beginning_is_found() -> None:
    assert len(made(others=["wort " * 10_000])) < 2_100


def test_numbers_without_dots_and_zeros() -> None:
    assert compact_numbers("1916.0047.1") == ["191600471", "1916471"]
    assert compact_numbers("D 123") == ["d123"]
    assert compact_numbers("") == [""]
