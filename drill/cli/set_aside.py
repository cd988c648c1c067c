"""`drill set-aside`: leave an ended block out of every figure, or take it back."""

from __future__ import annotations

import argparse

from drill import system
from drill.cli.common import note, reader, say, words_for, writer
from drill.usecases import setting_aside


def run(options: argparse.Namespace) -> int:
    """List what is set aside, or say it of one block."""
    if options.block is None:
        if options.back or options.reason is not None:
            note("Name the block: its number in 'drill history'.")
            return 2
        return _list(options)
    if not options.back and options.reason is None:
        note("Say why with --reason, for example: --reason 'fire alarm'. --back takes a block back.")
        return 2
    with writer(options) as store:
        block = setting_aside.find_block(store, options.block)
        was = setting_aside.reason_of(store, block)
        if options.back and was is None:
            note("That block is not set aside. Nothing was changed.")
            return 0
        if options.back:
            setting_aside.take_back(store, system.SystemClock(), block, options.reason or "")
            say("Taken back: the block is judged like every other.")
        else:
            setting_aside.set_aside(store, system.SystemClock(), block, options.reason)
            say(f"Set aside. {setting_aside.EFFECT}")
            say(f"'{words_for(options, 'set-aside', options.block, '--back')}' takes it back.")
    return 0


def _list(options: argparse.Namespace) -> int:
    store = reader(options)
    found = []
    if store is not None:
        with store:
            found = setting_aside.listed(store)
    for each in found:
        say(f"{each.number:>4}  {each.block}  {each.reason}")
    if not found:
        say("No block is set aside.")
    return 0
