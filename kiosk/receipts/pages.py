"""Which of a printer's code pages a slip is written in.

A Kazakh slip takes the page with all Kazakh letters where the printer has one; all others, and any
slip of a printer without it, take the page that the table of models names first.
"""

from codecs import lookup

from drivers.printers.models import CodePage, PrinterModel
from kiosk.receipts.codepage import KZ1048

_OWN_PAGES = {"kk": KZ1048}


def page_for(model: PrinterModel, language: str) -> CodePage:
    """The page, by its number in this printer and the name of its codec."""
    wanted = _OWN_PAGES.get(language)
    if wanted is not None:
        for page in model.pages:
            if page.name == lookup(wanted).name:
                return page
    return CodePage(number=model.code_page, name=model.encoding)
