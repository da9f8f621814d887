#!/usr/bin/env python3
"""Prints a walk of random touches and keys for `xdotool -`: kiosk_walk.py WIDTH HEIGHT EVENTS SEED.

A third are keys: every one that leaves a program, opens something or copies, and some that mean nothing. The rest are
touches: taps, fast double taps, drags, long drags, the wheel, and the mouse's other buttons. The corner at the top right
is tapped as often as a tenth of the screen.
"""
import random
import sys

KEYS = """alt+F4 ctrl+w ctrl+q ctrl+F4 Escape F11 alt+Return alt+Tab ctrl+Tab super F1 F5 F9 F10 Menu shift+F10 Print
ctrl+o ctrl+p ctrl+s ctrl+e ctrl+n ctrl+t ctrl+c ctrl+x ctrl+v ctrl+a ctrl+f ctrl+k ctrl+comma ctrl+r ctrl+z ctrl+shift+c
ctrl+plus ctrl+minus ctrl+0 alt+Left alt+Right alt+Home alt+space alt+F10 ctrl+alt+Delete ctrl+shift+Escape
Tab Return space BackSpace Delete Home End Page_Up Page_Down Up Down Left Right slash question plus minus a w s d i n
1 2 3 4 5 6 7 8 9 0""".split()


def click(button: int) -> str:
    # xdotool's own click takes a tenth of a second.
    return f"mousedown {button} sleep 0.006 mouseup {button}"


def main() -> None:
    width, height, events, seed = (int(argument) for argument in sys.argv[1:5])
    dice = random.Random(seed)

    def place() -> tuple[int, int]:
        if dice.random() < 0.07:
            return dice.randrange(width - 90, width), dice.randrange(0, 90)
        if dice.random() < 0.2:
            # The bar, where the ways are.
            return dice.randrange(width), dice.randrange(height - 90, height)
        return dice.randrange(width), dice.randrange(height)

    for _ in range(events):
        kind = dice.random()
        x, y = place()
        if kind < 0.33:
            print(f"key --delay 1 {dice.choice(KEYS)}")
        elif kind < 0.8:
            print(f"mousemove {x} {y} {click(1)}")
        elif kind < 0.85:
            print(f"mousemove {x} {y} {click(1)} {click(1)}")
        elif kind < 0.95:
            to = place()
            middle = ((x + to[0]) // 2, (y + to[1]) // 2)
            print(f"mousemove {x} {y} mousedown 1 mousemove {middle[0]} {middle[1]} sleep 0.01 mousemove {to[0]} {to[1]} mouseup 1")
        else:
            print(f"mousemove {x} {y} {click(dice.choice([2, 3, 4, 5, 8, 9]))}")


main()
