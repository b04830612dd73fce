"""Makes ``levels/precedents``: where Bach breaks each rule and where he visibly keeps it.

    python -m chorale.training.precedents --data FOLDER

reads the chorales in music21's corpus, cuts them into phrases, and looks in every phrase for findings of our own rules
and for places that show a rule kept (``shows``). The clearest of each are written down, at most four, from different
chorales. FOLDER holds ``Jsb16thSeparated.npz``, a second edition of the chorales: some notes in music21's corpus are
wrong, so a breach counts only where both agree. The same inputs give the same files.
"""
