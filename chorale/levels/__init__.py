"""Levels, what they ask and what is reached; and the tunes to start from.

notation, fields, places    melodies, tables and places as text
figures                     figured bass as text
level, staff, asked, hints  a level from its file
goals                       what levels ask for: predicates
scoring                     from an answer to points, stars and remarks
worlds                      folders of levels
proving, player             whether a level works, and whether it can be solved
progress, report            what a player has reached, and how a teacher gets it
tunes, precedents           melodies to start from; Bach's places for every rule
"""
