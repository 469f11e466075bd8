"""Ctrl-C, and other threads."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import foretell

ENDLESS = """
import sys, time, foretell
text = "[factors.oil]\\nvalue = 'beta(2, 5)'\\n[outcomes.a]\\nweights = { oil = 2 }\\n[outcomes.b]\\n"
scenario = foretell.Scenario(text, exact="never", threads=1)
print("ready", flush=True)
try:
    scenario.%s
    print("done", flush=True)
except KeyboardInterrupt:
    print("interrupted", time.time(), flush=True)
    # The interpreter lives on, and answers.
    print(len(scenario.run(draws=4096).outcomes), flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT can be sent to one process there")
@pytest.mark.parametrize("asked", ["run(draws=1e12)", "draws(1 << 27, memory='1TB')"])
def test_an_interrupt_ends_what_is_computed_and_nothing_else(asked):
    process = subprocess.Popen([sys.executable, "-c", ENDLESS % asked], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.7)
    sent = time.time()
    process.send_signal(signal.SIGINT)
    word, at = process.stdout.readline().split()
    assert word == "interrupted"
    # A quarter of a second on a machine that has nothing else to do; this one may have.
    assert float(at) - sent < 2.5
    assert process.stdout.readline() == "2\n" and process.wait(timeout=20) == 0


def test_other_threads_run_meanwhile():
    text = "[factors.oil]\nvalue = 'beta(2, 5)'\n[outcomes.a]\nweights = { oil = 2 }\n[outcomes.b]\n"
    scenario = foretell.Scenario(text, exact="never", threads=1)
    counted, done = [0], threading.Event()

    def count():
        while not done.is_set():
            counted[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    began = time.monotonic()
    scenario.run(draws=1 << 22)
    took = time.monotonic() - began
    done.set()
    thread.join()
    # A thread that waits for the lock counts nothing.
    assert took < 0.1 or counted[0] > 20 * took


def test_a_thread_of_ones_own_can_ask(coin):
    found = []
    threads = [threading.Thread(target=lambda: found.append(coin.run().outcomes["up"].probability)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0.7] * 4
