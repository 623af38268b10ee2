"""Questions about an account before cash is taken, on a line of their own."""

from offline_queue.enquiry.messages import AccountTold
from offline_queue.enquiry.thread import Enquiry, EnquiryThread

__all__ = ["AccountTold", "Enquiry", "EnquiryThread"]
