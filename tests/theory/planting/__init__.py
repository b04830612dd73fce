"""Mistakes planted into Bach's phrases, and an oracle that knows what a mistake is without asking the rules.

reading     a score as moments and lines of spelled notes
intervals   the name of an interval, by letters and semitones
motion, melody, sonority, chords    what each kind of mistake is, in plain arithmetic
oracle      all kinds by their names, and the code of the rule that is meant to find each
phrases     where mistakes are planted: single phrases of the chorales
edits       changes to notes
planters    which changes to try for each kind
planting    the generator
"""
