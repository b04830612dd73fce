"""Standard error while a sound device is looked for, seen from outside the process."""

import os
import subprocess
import sys


def said(code, **environment):
    """Return what a program writes to standard error."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **environment}
    )
    return done.stderr


def test_alsas_lines_are_dropped_and_all_others_come_through_in_their_order():
    code = (
        "import os, sys, threading\n"
        "from chorale.audio.hush import hushed\n"
        "os.write(2, b'before\\n')\n"
        "with hushed():\n"
        "    os.write(2, b'ALSA lib pcm.c: no card\\n')\n"
        "    thread = threading.Thread(target=lambda: print('another thread', file=sys.stderr))\n"
        "    thread.start(); thread.join()\n"
        "    os.write(2, b'ALSA lib conf.c: no file\\n')\n"
        "os.write(2, b'after\\n')\n"
    )
    assert said(code).splitlines() == ["before", "another thread", "after"]


def test_standard_error_is_put_back_when_the_device_fails():
    code = (
        "import os\n"
        "from chorale.audio.hush import hushed\n"
        "count = len(os.listdir('/proc/self/fd')) if os.path.isdir('/proc/self/fd') else 0\n"
        "for _ in range(3):\n"
        "    try:\n"
        "        with hushed():\n"
        "            raise ValueError\n"
        "    except ValueError:\n"
        "        os.write(2, b'heard\\n')\n"
        "assert not count or len(os.listdir('/proc/self/fd')) == count, 'a descriptor was left open'\n"
    )
    assert said(code).splitlines() == ["heard"] * 3


def test_many_threads_may_hush_at_once():
    code = (
        "import os, threading\n"
        "from chorale.audio.hush import hushed\n"
        "def work():\n"
        "    for _ in range(50):\n"
        "        with hushed():\n"
        "            os.write(2, b'ALSA lib x\\n')\n"
        "threads = [threading.Thread(target=work) for _ in range(4)]\n"
        "[thread.start() for thread in threads]; [thread.join() for thread in threads]\n"
        "os.write(2, b'heard\\n')\n"
    )
    assert said(code).splitlines() == ["heard"]


def test_a_process_without_standard_error_looks_for_a_device_all_the_same():
    code = "import os\nfrom chorale.audio.hush import hushed\nos.close(2)\nwith hushed():\n    pass\n"
    assert said(code) == ""


def test_a_machine_without_a_sound_card_is_told_of_in_one_line_and_no_more():
    code = "from chorale.audio.output import open_output\noutput, note = open_output()\nprint(note)\noutput.close()\n"
    assert said(code, SDL_AUDIODRIVER="alsa") == ""
