"""The session with the tools: inputs, work in the background, results, the shelf, undo; nothing is lost on the way."""

import threading

import pytest

from chorale.app import tools
from chorale.app.tools.session import Session
from chorale.app.tools.sources import Source
from chorale.app.tools.table import Name
from chorale.errors import InputError, ModelError


@pytest.fixture
def session(small_models):
    sitting = Session()
    yield sitting
    for model in small_models.values():
        model.hold = None
    sitting.close()


def given(clip):
    return Source(clip, clip.name, "file")


def finish(session):
    job = session.making or session.reading
    job.join()
    session.poll()


def made(session, **wishes):
    session.ask(**wishes)
    session.run()
    finish(session)
    return session.bench.results


def said(session):
    return [message.text for message in session.take_messages()]


def test_every_tool_answers_an_example(session):
    for name, tool in tools.TOOLS.items():
        for drums in (False, True)[: 1 + tool.chooses]:
            session.go(name)
            session.ask(drums=drums)
            session.try_example()
            finish(session)
            wanted = session.asked.steps if name is Name.INTERPOLATE else session.asked.variations
            assert len(session.bench.results) == wanted
            assert {result.clip.drums for result in session.bench.results} == {tool.makes_drums(drums=drums)}


def test_again_gives_other_seeds_and_undo_brings_back_what_was(session, tune):
    session.put(0, given(tune))
    first = made(session, variations=3)
    session.run(again=True)
    finish(session)
    assert [result.seed for result in session.bench.results] == [3, 4, 5]
    session.undo()
    assert session.bench.results == first


def test_a_missing_input_is_one_line_and_starts_nothing(session):
    with pytest.raises(InputError, match="Continue needs a tune or a beat"):
        session.run()
    assert session.making is None


def test_drums_are_refused_where_a_melody_is_wanted_and_the_input_stays(session, tune, beat):
    session.put(0, given(tune))
    with pytest.raises(InputError, match="beat is drums: wanted a melody"):
        session.put(0, given(beat))
    assert session.bench.inputs[0].clip is tune


def test_a_melody_is_refused_where_drums_are_wanted(session, tune):
    session.go(Name.GROOVE)
    with pytest.raises(InputError, match="tune is a melody: wanted drums"):
        session.put(0, given(tune))


def test_melodies_and_drums_have_a_bench_each(session, tune, beat):
    session.put(0, given(tune))
    session.ask(drums=True)
    session.put(0, given(beat))
    session.ask(drums=False)
    assert session.bench.inputs[0].clip is tune


def test_a_failure_is_told_and_what_stood_stays(session, small_models, tune):
    session.put(0, given(tune))
    before = made(session)
    small_models["melody_rnn"].error = ModelError("model melody_rnn: its file network.onnx is damaged (checksum)")
    session.run()
    finish(session)
    assert said(session)[-1].endswith("is damaged (checksum)")
    assert session.bench.results == before


def test_work_can_be_stopped_and_nothing_has_changed(session, small_models, tune):
    session.put(0, given(tune))
    before = made(session)
    small_models["melody_rnn"].hold = threading.Event()
    job = session.run()
    with pytest.raises(InputError, match="still at work"):
        session.run()
    session.cancel()
    job.join()
    session.poll()
    assert said(session) == ["stopped; nothing has changed"]
    assert session.bench.results == before
    assert session.making is None


def test_what_is_kept_stays_whatever_is_tried_next_and_undo_takes_it_from_the_shelf(session):
    session.go(Name.GENERATE)
    clip = made(session)[2].clip
    session.choose(2)
    session.keep()
    session.run(again=True)
    finish(session)
    session.go(Name.GROOVE)
    assert [kept.clip for kept in session.kept] == [clip]
    assert session.kept[0].name == "Generate 3"
    session.undo()
    session.undo()
    assert session.kept == ()


def test_keeping_twice_takes_it_from_the_shelf(session):
    session.go(Name.GENERATE)
    made(session)
    session.keep()
    session.keep()
    assert session.kept == ()


def test_undo_leads_to_the_tool_where_something_was_done(session):
    session.go(Name.GENERATE)
    made(session, drums=True)
    session.go(Name.GROOVE)
    session.undo()
    assert session.where == (Name.GENERATE, True)
    assert not session.bench.results
    session.redo()
    assert session.bench.results


def test_results_can_begin_another_tool(session):
    session.go(Name.GENERATE)
    made(session, drums=True, variations=2)
    session.go(Name.GROOVE)
    (clip, name), *others = session.earlier()
    session.put(0, Source(clip, name, "result"))
    assert name == "Generate 1"
    assert len(others) == 1
    assert made(session)[0].clip.notes != clip.notes


def test_temperature_zero_makes_one_result_and_says_why(session, tune):
    session.put(0, given(tune))
    assert len(made(session, temperature=0.0, variations=4)) == 1
    assert said(session) == ["at temperature 0 the others would be the same: 1 result instead of 4"]


def test_a_file_arrives_in_the_background_with_its_remarks(session, tmp_path, tune):
    path = tmp_path / "mine.mid"
    tools.save(tune, path)
    session.read(0, path)
    finish(session)
    assert session.bench.inputs[0].name == "mine"
    assert session.bench.inputs[0].clip.notes == tune.notes


def test_a_file_that_cannot_be_read_is_one_line_and_the_input_stays(session, tmp_path, tune):
    session.put(0, given(tune))
    path = tmp_path / "torn.mid"
    path.write_bytes(b"MThd no more")
    session.read(0, path)
    finish(session)
    (line,) = said(session)
    assert "torn.mid" in line
    assert session.bench.inputs[0].clip is tune


def test_several_clips_are_saved_as_a_file_each_with_their_exact_times(session, tmp_path):
    session.go(Name.GENERATE)
    results = made(session, variations=3)
    job = session.save(tmp_path / "idea.mid", [result.clip for result in results])
    job.join()
    session.poll()
    read = [tools.read_clip(tmp_path / f"idea-{n}.mid", "melody").clip for n in (1, 2, 3)]
    assert [clip.notes for clip in read] == [result.clip.notes for result in results]
    assert said(session) == ["wrote 3 files, idea-1.mid to idea-3.mid"]


def test_a_name_that_is_no_midi_file_is_refused(session, tmp_path, tune):
    with pytest.raises(InputError, match=r"wanted a name that ends in \.mid"):
        session.save(tmp_path / "idea.wav", [tune])


def test_a_density_is_not_asked_of_melodies_nor_a_key_of_drums(session, small_models, tune):
    session.put(0, given(tune))
    made(session, density=0.9)
    assert small_models["melody_rnn"].asked[-1]["surroundings"].density is None
