"""The review of a reading, apart from tables and pages. Pure.

``contents`` is the object under review and where things stand in it, ``values`` how people type its values, ``doubting``
what is asked, ``stops`` what is asked together, ``decisions`` what can be decided, ``changes`` what can be taken back,
``edition`` the page that shows it beside the document.
"""
