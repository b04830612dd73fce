import time

import pygame
import pytest

from chorale.app import edits
from chorale.levels import precedents
from chorale.music import VOICES, Pitch
from chorale.theory import Severity

FIFTHS = ("C5 D5 E5 C5", "G4 A4 G4 G4", "E4 F4 C4 E4", "C3 D3 C3 C3")  # alto and bass: G-C to A-D to G-C


def write(voices):
    made = edits.empty(2)
    for voice, names in zip(VOICES, voices, strict=True):
        for index, name in enumerate(names.split()):
            made = edits.place(made, voice, 4 * index, 4, Pitch.parse(name))
    return made


@pytest.fixture
def pupil(person):
    """The person, with parallel fifths written and found."""
    person.studio.edit("Write", lambda _: write(FIFTHS))
    checked(person)
    return person


def checked(person):
    person.turn(10)
    person.wait_for(lambda: not person.studio.teacher.is_at_work)


def selected(person):
    return person.editor.teaching.selected


def count(person, code="parallel-fifths"):
    return sum(finding.code == code for finding in person.studio.findings)


def until(person, code, key=pygame.K_n, text="n"):
    """Press N until a finding of this kind is looked at."""
    for _ in range(30):
        person.key(key, text=text)
        if selected(person).code == code:
            return selected(person)
    raise AssertionError("it never came")


def test_mistakes_are_listed_and_counted_while_one_writes(pupil):
    errors = sum(finding.severity is Severity.ERROR for finding in pupil.studio.findings)
    assert errors
    assert pupil.find("show-errors").value == f"{errors}, shown"
    assert pupil.find("findings").value == f"{len(pupil.studio.teacher.shown)} findings"


def test_n_and_p_step_through_the_findings_around_the_end(pupil):
    found = pupil.studio.teacher.shown
    seen = []
    for _ in found:
        pupil.key(pygame.K_n, text="n")
        seen.append(selected(pupil))
    assert tuple(seen) == found
    pupil.key(pygame.K_n, text="n")
    assert selected(pupil) == found[0]
    pupil.key(pygame.K_p, text="p")
    assert selected(pupil) == found[-1]
    assert pupil.notes() == [(0, 4, "C5"), (4, 4, "D5"), (8, 4, "E5"), (12, 4, "C5")], "no letter was written"


def test_stepping_brings_the_finding_into_view(pupil):
    pupil.studio.edit("Longer", lambda score: edits.set_bars(score, 60))
    pupil.studio.edit("Far", lambda score: edits.paste(score, 56 * 16, edits.copy(score, 0, 16, [0, 1, 2, 3])))
    checked(pupil)
    pupil.key(pygame.K_p, text="p")
    pupil.turn(30)
    assert selected(pupil).start > 800
    assert pupil.editor.page.scroll > 0


def test_a_click_on_a_card_opens_it_and_another_shuts_it(pupil):
    cards = pupil.find("findings")
    pupil.click_at(cards.area(0).center)
    assert selected(pupil) == pupil.studio.teacher.shown[0]
    assert pupil.find("finding-fix").visible
    pupil.turn(20)
    pupil.click_at((cards.area(0).centerx, cards.area(0).y + 10))
    assert selected(pupil) is None
    assert not pupil.find("finding-fix").visible


def test_a_click_on_a_mark_in_the_music_selects_its_finding(pupil):
    view = pupil.editor.page
    pupil.turn()
    mark = view.lessons.layer._laid.marks.marks[0]
    box = mark.tags[0]
    pupil.click_at(view.to_screen((box.left + box.right) / 2, (box.top + box.bottom) / 2))
    assert selected(pupil) == mark.finding


def test_fix_it_mends_the_finding_and_undo_takes_it_back(pupil):
    before, count_before = pupil.score, count(pupil)
    until(pupil, "parallel-fifths")
    pupil.wait_for(lambda: pupil.editor.teaching.suggestion is not None)
    pupil.click("finding-fix")
    assert pupil.score != before
    assert pupil.studio.document.undo_label.startswith("Fix parallel perfect fifths, alto and bass")
    checked(pupil)
    assert count(pupil) < count_before
    pupil.key(pygame.K_z, ctrl=True)
    assert pupil.score == before
    pupil.turn()
    assert count(pupil) == count_before


def test_fix_it_waits_for_the_search_where_that_still_runs(pupil):
    before = pupil.score
    until(pupil, "parallel-fifths")
    pupil.key(pygame.K_x, text="x")
    pupil.wait_for(lambda: pupil.score != before)


def test_the_fix_is_promised_on_the_page_before_it_is_made(pupil):
    until(pupil, "parallel-fifths")
    pupil.turn(20)
    without = pygame.image.tobytes(pupil.window.surface, "RGB")
    pupil.wait_for(lambda: pupil.editor.teaching.suggestion is not None)
    pupil.turn(20)
    assert pygame.image.tobytes(pupil.window.surface, "RGB") != without


def test_hear_it_plays_the_two_voices_alone_and_goes_back(pupil):
    pupil.sound.seek(3.0)
    finding = until(pupil, "parallel-fifths")
    pupil.click("finding-hear")
    heard = pupil.editor.playing.aside
    assert pupil.sound.playing
    assert [voice for voice in range(4) if heard.chorale.onsets[:, voice].any()] == [int(v) for v in finding.voices]
    assert heard.qpm < pupil.score.qpm
    pupil.key(pygame.K_v, text="v")
    assert not pupil.sound.playing
    assert pupil.sound.position == 3.0
    pupil.key(pygame.K_SPACE, text=" ")
    assert pupil.player._score is pupil.score, "Space plays the score itself"


def test_what_is_heard_ends_by_itself_and_the_playhead_is_where_it_was(pupil):
    until(pupil, "parallel-fifths")
    pupil.key(pygame.K_v, text="v")
    pupil.player.pause()
    pupil.turn(2)
    assert pupil.editor.playing.aside is None
    assert pupil.sound.position == 0


def test_ignored_findings_are_gone_until_they_are_asked_for(pupil):
    finding = until(pupil, "parallel-fifths")
    pupil.key(pygame.K_i, text="i")
    assert finding not in pupil.studio.teacher.shown
    assert any("Let pass" in text for text in pupil.said())
    pupil.turn()
    pupil.click("findings-restore")
    assert finding in pupil.studio.teacher.shown


def test_show_bach_shows_a_place_plays_it_and_turns_over(pupil):
    until(pupil, "parallel-fifths")
    pupil.click("finding-bach")
    pupil.turn(20)
    sheet, places = pupil.editor.overlay, precedents.load("parallel-fifths")
    assert sheet.excerpt == places.breaks[0]
    pupil.key(pygame.K_RIGHT)
    assert sheet.excerpt == places.breaks[1]
    pupil.click("bach-avoids")
    assert sheet.excerpt == places.avoids[0]
    pupil.key(pygame.K_SPACE, text=" ")
    assert pupil.sound.playing
    assert pupil.player._score is sheet.excerpt.score
    pupil.turn(5)
    pupil.key(pygame.K_ESCAPE)
    assert pupil.editor.overlay is None
    assert not pupil.sound.playing
    assert pupil.player._score is pupil.score


def test_keys_for_a_finding_say_what_is_missing_where_none_is_selected(pupil):
    for key in "vmxi":
        pupil.editor.state.toasts.cards.clear()
        pupil.type(key)
        assert any("Select a finding" in text for text in pupil.said()), key


def test_the_profile_is_chosen_from_the_menu_and_can_be_turned_off(pupil):
    pupil.click("profile")
    pupil.choose("Bach")
    assert pupil.studio.settings.profile == "bach"
    assert pupil.find("profile").value == "Bach"
    pupil.click("profile")
    pupil.choose("Check nothing")
    pupil.turn(2)
    assert pupil.find("findings").value == "Checking is off"
    assert pupil.studio.findings == ()


def test_notes_are_named_in_german_or_in_fixed_do_where_that_is_chosen(pupil):
    pupil.click("profile")
    pupil.choose("Fixed do")
    checked(pupil)
    found = next(each for each in pupil.studio.findings if each.code == "parallel-fifths")
    assert "Do-Sol" in found.message


def test_severities_are_hidden_and_shown_by_their_buttons(pupil):
    pupil.click("show-errors")
    assert "error" not in pupil.studio.settings.severities
    pupil.turn()
    assert all(finding.severity is not Severity.ERROR for finding in pupil.studio.teacher.shown)
    assert pupil.find("show-errors").value.endswith("hidden")


@pytest.mark.parametrize(("key", "name"), [("1", "numerals"), ("2", "figured_bass"), ("3", "cadences"), ("4", "marks")])
def test_what_the_teacher_adds_to_the_page_is_hidden_by_keys_and_remembered(pupil, key, name):
    before = getattr(pupil.studio.settings, name)
    pupil.key(pygame.key.key_code(key), alt=True)
    assert getattr(pupil.studio.settings, name) is not before
    pupil.turn()
    assert pupil.find(f"view-{name.replace('_', '-')}").value == ("off" if before else "on")


def test_numerals_stand_under_the_bass_of_two_voices_and_not_of_a_tune(pupil):
    assert pupil.editor.page.page.harmonies
    pupil.studio.edit("Tune", lambda score: edits.clear_voices(score, {0}))
    checked(pupil)
    assert not pupil.editor.page.page.harmonies
    assert pupil.editor.page.lessons.rows is None


def test_bach_frowns_at_a_new_error_and_is_pleased_when_the_last_one_is_gone(pupil):
    clean = write(("E5 D5 C5 C5", "G4 G4 G4 G4", "C4 B3 C4 E4", "C3 G3 E3 C3"))
    pupil.studio.edit("Clean", lambda _: clean)
    checked(pupil)
    assert not any(finding.severity is Severity.ERROR for finding in pupil.studio.findings)
    assert pupil.find("portrait").value == "pleased"
    assert pupil.find("findings").value in {"No mistakes found", f"{len(pupil.studio.teacher.shown)} findings"}
    pupil.turn(300)
    pupil.studio.undo()
    checked(pupil)
    assert pupil.find("portrait").value == "frowning"


def test_the_answers_show_how_many_mistakes_they_have(tune):
    tune.click("harmonize")
    tune.wait_for(lambda: tune.studio.harmonizing is None)
    tune.wait_for(lambda: tune.studio.teacher.wait is None)
    for index, letter in enumerate("abcd"):
        counts = tune.studio.teacher.of_answer(index).counts
        assert tune.find(f"answer-{letter}").mistakes == (counts[Severity.ERROR], counts[Severity.WARNING])


def test_hovering_explains_chords_notes_and_marks(pupil):
    view = pupil.editor.page
    box = view.page.harmonies[0].box
    pupil.move(view.to_screen(box.left + 0.5, (box.top + box.bottom) / 2))
    assert "Tones:" in " ".join(view.bubble.says.lines)
    note = view.page.note_boxes[1, 0]
    pupil.move(view.to_screen(note.x, note.y))
    assert view.bubble.says.heading == "Alto G4"
    pupil.move(view.to_screen(2, 2))
    assert view.bubble.says is None


def test_k_explains_the_note_and_its_chord_without_a_pointer(pupil):
    pupil.key(pygame.K_HOME)
    pupil.type("k")
    says = pupil.editor.page.bubble.says
    assert says is not None
    assert any(line.startswith("Tones:") for line in says.lines)
    pupil.type("k")
    assert pupil.editor.page.bubble.says is None


def test_the_list_stays_while_a_check_is_at_work_but_offers_nothing(pupil):
    until(pupil, "parallel-fifths")
    rows = len(pupil.editor.teaching.findings)
    pupil.studio.edit("Change", lambda score: edits.place(score, 1, 4, 4, Pitch.parse("B4")))
    pupil.turn()
    assert pupil.studio.teacher.is_at_work
    assert len(pupil.editor.teaching.findings) == rows
    assert not pupil.find("finding-fix").enabled
    assert not pupil.find("finding-hear").enabled
    checked(pupil)
    assert all(pupil.editor.teaching.is_certain(finding) for finding in pupil.editor.teaching.findings)


def test_marks_stay_in_untouched_music_while_a_check_is_at_work(pupil):
    pupil.studio.edit("Longer", lambda score: edits.set_bars(score, 60))
    pupil.studio.edit("Far", lambda score: edits.paste(score, 56 * 16, edits.copy(score, 0, 16, [0, 1, 2, 3])))
    checked(pupil)
    shown = pupil.studio.teacher.shown
    pupil.studio.edit("Change", lambda score: edits.place(score, 1, 4, 4, Pitch.parse("B4")))
    pupil.turn()
    assert pupil.studio.teacher.is_at_work
    standing = pupil.studio.teacher.shown
    assert standing
    assert set(standing) < set(shown)
    assert all(finding.start > 100 for finding in standing)
    assert pupil.studio.findings == (), "the studio gives out findings of this very music only"


def test_ranges_are_set_on_their_sheet_and_taken_back(pupil):
    pupil.click("profile")
    pupil.choose("Ranges\N{HORIZONTAL ELLIPSIS}")
    pupil.turn(20)
    low = pupil.find("range-bass-lowest")
    before = low.get()
    pupil.click_at((low.rect.x + 5, low.rect.centery))
    assert pupil.studio.settings.ranges[3][0] == before - 1
    pupil.turn()
    assert pupil.studio.teacher.profile.ranges[3][0] == before - 1
    pupil.click("ranges-reset")
    assert pupil.studio.settings.ranges == ()
    pupil.key(pygame.K_RETURN)
    assert pupil.editor.overlay is None


def test_nothing_flickers_in_the_list_while_one_types(pupil):
    until(pupil, "parallel-fifths")
    pupil.studio.edit("Longer", lambda score: edits.set_bars(score, 12))
    checked(pupil)
    pupil.editor.teaching.select(pupil.editor.teaching.findings[0])
    pupil.wait_for(lambda: pupil.editor.teaching.suggestion is not None)
    listed = pupil.find("findings")
    looks, at_work = set(), 0
    for number in range(6):
        pupil.studio.edit(
            "Write", lambda score, n=number: edits.place(score, 0, 16 * n + 32, 4, Pitch.parse("CDEFGA"[n] + "5"))
        )
        pupil.turn(seconds=0.1)
        while pupil.studio.teacher.wait is not None:
            card = next(each.card for each in listed._placed if each.finding == pupil.editor.teaching.selected)
            looks.add((listed.value, card, pupil.editor.teaching.is_slow))
            at_work += pupil.studio.teacher.is_at_work
            pupil.turn(seconds=0.001)
            time.sleep(0.005)
    assert at_work > 6
    assert len(looks) == 1


def test_good_news_stay_until_there_are_others_or_the_check_takes_long(pupil, monkeypatch):
    clean = write(("E5 D5 C5 C5", "G4 G4 G4 G4", "C4 B3 C4 E4", "C3 G3 E3 C3"))
    pupil.studio.change_settings(severities=())
    pupil.studio.edit("Clean", lambda _: clean)
    checked(pupil)
    assert pupil.find("findings").value == "No mistakes found"
    monkeypatch.setattr(pupil.studio.teacher.checking, "tick", lambda: None)
    pupil.studio.edit("More", lambda score: edits.set_bars(score, 3))
    pupil.turn()
    assert pupil.studio.teacher.is_at_work
    assert pupil.find("findings").value == "No mistakes found"
    pupil.turn(30)
    assert pupil.find("findings").value == "Checking"


def test_an_open_card_shuts_and_the_list_stays_where_it_was_scrolled_after_music_was_checked_anew(pupil):
    listed, teaching = pupil.find("findings"), pupil.editor.teaching
    teaching.select(teaching.findings[0])
    pupil.turn(20)
    listed.rect.height = 100
    listed.wheel(-10)
    pupil.turn(20)
    scrolled = listed._scroll.target
    assert scrolled > 0
    pupil.studio.edit("Longer", lambda score: edits.set_bars(score, 12))
    checked(pupil)
    assert listed._scroll.target == scrolled
    listed.release((listed.rect.x + 5, listed.rect.y + 5))
    assert teaching.selected is None
