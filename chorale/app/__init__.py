"""The application without a screen: a document, its edits, background jobs, settings; Studio holds them together."""

from chorale.app import edits
from chorale.app.answering import Alternatives
from chorale.app.document import Document
from chorale.app.edits import Clip, Selection
from chorale.app.harmonizing import Request, voices_named
from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.app.settings import Settings
from chorale.app.studio import Studio

__all__ = [
    "Alternatives",
    "Clip",
    "Document",
    "Job",
    "Jobs",
    "Message",
    "Request",
    "Selection",
    "Settings",
    "Studio",
    "edits",
    "voices_named",
]
