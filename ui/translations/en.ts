<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
    <context>
        <name>About</name>
        <message>
            <source>About the terminal</source>
            <translation>About the terminal</translation>
        </message>
        <message>
            <source>Questions and claims</source>
            <translation>Questions and claims</translation>
        </message>
        <message>
            <source>Terminal number</source>
            <translation>Terminal number</translation>
        </message>
        <message>
            <source>Payment agent</source>
            <translation>Payment agent</translation>
        </message>
        <message>
            <source>Company</source>
            <translation>Company</translation>
        </message>
        <message>
            <source>Tax No.</source>
            <translation>Tax No.</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Address</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Phone</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>Location</translation>
        </message>
        <message>
            <source>If something went wrong</source>
            <translation>If something went wrong</translation>
        </message>
        <message>
            <source>Call us and tell the terminal number, the payment number from the receipt and the time. Without a receipt the number paid to and the sum are enough: every note is recorded.</source>
            <translation>Call us and tell the terminal number, the payment number from the receipt and the time. Without a receipt the number paid to and the sum are enough: every note is recorded.</translation>
        </message>
        <message>
            <source>More phones: %1</source>
            <translation>More phones: %1</translation>
        </message>
        <message>
            <source>Demo stand: payments are not real</source>
            <translation>Demo stand: payments are not real</translation>
        </message>
        <message>
            <source>Who is paid</source>
            <translation>Who is paid</translation>
        </message>
    </context>
    <context>
        <name>ActionBar</name>
        <message>
            <source>Back</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menu</translation>
        </message>
    </context>
    <context>
        <name>AppHeader</name>
        <message>
            <source>No. %1</source>
            <translation>No. %1</translation>
        </message>
        <message>
            <source>Demo</source>
            <translation>Demo</translation>
        </message>
        <message>
            <source>Help by phone</source>
            <translation>Help by phone</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Language</translation>
        </message>
    </context>
    <context>
        <name>Ask</name>
        <message>
            <source>%1 are inside.</source>
            <translation>%1 is inside.</translation>
        </message>
    </context>
    <context>
        <name>AskSheet</name>
        <message>
            <source>Are you still there?</source>
            <translation>Are you still there?</translation>
        </message>
        <message>
            <source>I am here</source>
            <translation>I am here</translation>
        </message>
    </context>
    <context>
        <name>Attract</name>
        <message>
            <source>Touch the screen to begin</source>
            <translation>Touch the screen to begin</translation>
        </message>
        <message>
            <source>Pay for anything with cash</source>
            <translation>Pay for services with cash</translation>
        </message>
        <message>
            <source>All services</source>
            <translation>All services</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>No connection: payments go out later</source>
            <translation>No connection: payments go out later</translation>
        </message>
        <message>
            <source>No receipts now: shown on the screen</source>
            <translation>No receipts now: shown on screen</translation>
        </message>
        <message>
            <source>No connection</source>
            <translation>No connection</translation>
        </message>
        <message>
            <source>No receipt</source>
            <translation>No receipt</translation>
        </message>
    </context>
    <context>
        <name>Categories</name>
        <message>
            <source>All services</source>
            <translation>All services</translation>
        </message>
    </context>
    <context>
        <name>Check</name>
        <message>
            <source>Check a payment</source>
            <translation>Check a payment</translation>
        </message>
        <message>
            <source>Phone or account that was paid</source>
            <translation>Phone or account that was paid</translation>
        </message>
        <message>
            <source>When, give or take three days</source>
            <translation>When, give or take three days</translation>
        </message>
        <message>
            <source>A day earlier</source>
            <translation>A day earlier</translation>
        </message>
        <message>
            <source>A day later</source>
            <translation>A day later</translation>
        </message>
        <message>
            <source>Type the whole number as it was paid. Only payments made on this terminal are found.</source>
            <translation>Type the whole number as it was paid. Only payments made on this terminal are found.</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Find</translation>
        </message>
        <message>
            <source>Today, %1</source>
            <translation>Today, %1</translation>
        </message>
        <message>
            <source>Credited</source>
            <translation>Credited</translation>
        </message>
        <message>
            <source>On its way</source>
            <translation>On its way</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Waits to be sent</translation>
        </message>
        <message>
            <source>Not credited, call us</source>
            <translation>Not credited, call us</translation>
        </message>
        <message>
            <source>Being looked into</source>
            <translation>Being looked into</translation>
        </message>
    </context>
    <context>
        <name>Confirm</name>
        <message>
            <source>Check before you pay</source>
            <translation>Check before you pay</translation>
        </message>
        <message>
            <source>Compare every digit: money sent elsewhere is hard to bring back</source>
            <translation>Compare every digit: money sent elsewhere is hard to bring back</translation>
        </message>
        <message>
            <source>Receiver</source>
            <translation>Receiver</translation>
        </message>
        <message>
            <source>Phone %1</source>
            <translation>Phone %1</translation>
        </message>
        <message>
            <source>Demo: the receiver's details are invented</source>
            <translation>Demo: the receiver's details are invented</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Change</translation>
        </message>
        <message>
            <source>Right, insert cash</source>
            <translation>Right, insert cash</translation>
        </message>
        <message>
            <source>The provider knows this account. Compare every digit all the same</source>
            <translation>The provider knows this account. Compare every digit all the same</translation>
        </message>
        <message>
            <source>The provider did not check this account. Compare every digit</source>
            <translation>The provider did not check this account. Compare every digit</translation>
        </message>
        <message>
            <source>To be paid</source>
            <translation>To be paid</translation>
        </message>
    </context>
    <context>
        <name>Enquiry</name>
        <message>
            <source>The provider does not answer</source>
            <translation>The provider does not answer</translation>
        </message>
        <message>
            <source>Without its answer this service cannot be paid. Try again now or later.</source>
            <translation>Without its answer this service cannot be paid. Try again now or later.</translation>
        </message>
        <message>
            <source>Asking the provider</source>
            <translation>Asking the provider</translation>
        </message>
        <message>
            <source>No money is taken yet.</source>
            <translation>No money is taken yet.</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Change</translation>
        </message>
        <message>
            <source>Ask again</source>
            <translation>Ask again</translation>
        </message>
    </context>
    <context>
        <name>Entry</name>
        <message>
            <source>Skip</source>
            <translation>Skip</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Next</translation>
        </message>
        <message>
            <source>Correct the field to go on</source>
            <translation>Correct the field to go on</translation>
        </message>
        <message>
            <source>Field %1 of %2</source>
            <translation>Field %1 of %2</translation>
        </message>
        <message>
            <source>Check the number: it has another form</source>
            <translation>This number does not fit. Check it</translation>
        </message>
        <message>
            <source>A digit is wrong. Check the number</source>
            <translation>A digit is wrong. Check the number</translation>
        </message>
        <message>
            <source>Start without 8: the code comes first</source>
            <translation>Start without 8: the code comes first</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Choose one</translation>
        </message>
        <message>
            <source>Fill in the field</source>
            <translation>Fill in the field</translation>
        </message>
        <message>
            <source>The provider needs another form</source>
            <translation>The provider needs another form</translation>
        </message>
        <message>
            <source>The provider does not know this account</source>
            <translation>The provider does not know this account</translation>
        </message>
        <message>
            <source>The provider refuses one of the fields</source>
            <translation>The provider refuses one of the fields</translation>
        </message>
        <message>
            <source>The provider says: it is not in use</source>
            <translation>The provider says: it is not in use</translation>
        </message>
        <message>
            <source>The provider takes no payments to it</source>
            <translation>The provider takes no payments to it</translation>
        </message>
        <message>
            <source>Nothing is to be paid there now</source>
            <translation>Nothing is to be paid there now</translation>
        </message>
        <message>
            <source>The sum is too large for cash here</source>
            <translation>The sum is too large for cash here</translation>
        </message>
        <message>
            <source>Choose a sum</source>
            <translation>Choose a sum</translation>
        </message>
        <message>
            <source>Sum to be credited</source>
            <translation>Sum to be credited</translation>
        </message>
        <message>
            <source>This looks like another operator's number</source>
            <translation>This looks like another operator's number</translation>
        </message>
        <message>
            <source>Choose the operator yourself</source>
            <translation>Choose the operator yourself</translation>
        </message>
        <message>
            <source>The number tells the operator</source>
            <translation>The number tells the operator</translation>
        </message>
        <message>
            <source>Choose the operator</source>
            <translation>Choose the operator</translation>
        </message>
        <message>
            <source>Change to %1</source>
            <translation>Change to %1</translation>
        </message>
        <message>
            <source>Operator not known</source>
            <translation>Operator not known</translation>
        </message>
    </context>
    <context>
        <name>Found</name>
        <message>
            <source>Payments that were found</source>
            <translation>Payments found</translation>
        </message>
        <message>
            <source>No such payment was found</source>
            <translation>No such payment was found</translation>
        </message>
        <message>
            <source>Printing</source>
            <translation>Printing</translation>
        </message>
        <message>
            <source>Not printed</source>
            <translation>Not printed</translation>
        </message>
        <message>
            <source>Take the copy</source>
            <translation>Take the copy</translation>
        </message>
        <message>
            <source>Print a copy</source>
            <translation>Print a copy</translation>
        </message>
        <message>
            <source>Check the number and the day. A payment made on another terminal is found by its receipt only. Help by phone: %1</source>
            <translation>Check the number and the day. A payment made on another terminal is found by its receipt only. Help by phone: %1</translation>
        </message>
    </context>
    <context>
        <name>Home</name>
        <message>
            <source>What shall we pay?</source>
            <translation>What shall we pay?</translation>
        </message>
        <message>
            <source>Top up with cash by phone number</source>
            <translation>Top up with cash by phone number</translation>
        </message>
        <message>
            <source>All services</source>
            <translation>All services</translation>
        </message>
        <message>
            <source>About the terminal</source>
            <translation>Help</translation>
        </message>
        <message>
            <source>Notes only, no change</source>
            <translation>Notes only, no change</translation>
        </message>
        <message>
            <source>Notes from %1 to %2, no change</source>
            <translation>Notes from %1 to %2, no change</translation>
        </message>
        <message>
            <source>Find a service, company or tax No.</source>
            <translation>Find a service, company or tax No.</translation>
        </message>
        <message>
            <source>Check a payment</source>
            <translation>Check a payment</translation>
        </message>
        <message>
            <source>Mobile phone</source>
            <translation>Mobile phone</translation>
        </message>
    </context>
    <context>
        <name>Keypad</name>
        <message>
            <source>Clear</source>
            <translation>Clear</translation>
        </message>
        <message>
            <source>Erase one</source>
            <translation>Erase one</translation>
        </message>
    </context>
    <context>
        <name>LanguageSheet</name>
        <message>
            <source>Usual colours</source>
            <translation>Usual colours</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>High contrast</translation>
        </message>
        <message>
            <source>Usual letters</source>
            <translation>Usual letters</translation>
        </message>
        <message>
            <source>Large letters</source>
            <translation>Large letters</translation>
        </message>
        <message>
            <source>Whole screen</source>
            <translation>Whole screen</translation>
        </message>
        <message>
            <source>Lower buttons</source>
            <translation>Lower buttons</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>LetterKeyboard</name>
        <message>
            <source>Capital letters</source>
            <translation>Capital letters</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Clear</translation>
        </message>
        <message>
            <source>Erase one</source>
            <translation>Erase one</translation>
        </message>
    </context>
    <context>
        <name>List</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 of %2</translation>
        </message>
    </context>
    <context>
        <name>Money</name>
        <message>
            <source>Inserted</source>
            <translation>Inserted</translation>
        </message>
        <message>
            <source>To be credited</source>
            <translation>To be credited</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Notes</translation>
        </message>
        <message>
            <source>Put the first note into the slot below the screen</source>
            <translation>Put the first note into the slot</translation>
        </message>
        <message>
            <source>If you walk away, the money still goes to this account.</source>
            <translation>If you walk away, the money still goes to this account.</translation>
        </message>
        <message>
            <source>One moment: the last note</source>
            <translation>One moment: the last note</translation>
        </message>
        <message>
            <source>The note is being checked</source>
            <translation>The note is being checked</translation>
        </message>
        <message>
            <source>The maximum is reached</source>
            <translation>The maximum is reached</translation>
        </message>
        <message>
            <source>Insert notes one by one</source>
            <translation>Insert notes one by one</translation>
        </message>
        <message>
            <source>We accept</source>
            <translation>We accept</translation>
        </message>
        <message>
            <source>No more notes are accepted</source>
            <translation>No more notes are accepted</translation>
        </message>
        <message>
            <source>Notes are not accepted now</source>
            <translation>Notes are not accepted now</translation>
        </message>
        <message>
            <source>Wait for the note</source>
            <translation>Wait: a note is being checked</translation>
        </message>
        <message>
            <source>Insert %1 or more</source>
            <translation>Insert %1 or more</translation>
        </message>
        <message>
            <source>Insert %1 more</source>
            <translation>Insert %1 more</translation>
        </message>
        <message>
            <source>No change. The maximum is %1.</source>
            <translation>No change. The maximum is %1.</translation>
        </message>
        <message>
            <source>No change. Up to %1 can be inserted.</source>
            <translation>No change. Up to %1 can be inserted.</translation>
        </message>
        <message>
            <source>No change. %1 more can be inserted.</source>
            <translation>No change. %1 more can be inserted.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pay</translation>
        </message>
        <message>
            <source>Pay %1</source>
            <translation>Pay %1</translation>
        </message>
        <message>
            <source>To be paid</source>
            <translation>To be paid</translation>
        </message>
    </context>
    <context>
        <name>NoReceipt</name>
        <message>
            <source>There will be no printed receipt</source>
            <translation>There will be no printed receipt</translation>
        </message>
        <message>
            <source>The printer does not work now. The payment goes through; its number and the phone for questions stay on the screen: write them down or take a photo.</source>
            <translation>The printer does not work now. The payment goes through; its number and the phone for questions stay on the screen: write them down or take a photo.</translation>
        </message>
        <message>
            <source>A copy of the receipt can be printed at this terminal later.</source>
            <translation>A copy of the receipt can be printed at this terminal later.</translation>
        </message>
        <message>
            <source>Pay without a receipt</source>
            <translation>Pay without a receipt</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>Go back</translation>
        </message>
    </context>
    <context>
        <name>Note</name>
        <message>
            <source>checking</source>
            <translation>checking</translation>
        </message>
        <message>
            <source>Banknote</source>
            <translation>Banknote</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>accepted</translation>
        </message>
        <message>
            <source>returned</source>
            <translation>returned</translation>
        </message>
        <message>
            <source>in question</source>
            <translation>in question</translation>
        </message>
        <message>
            <source>Returned: not recognised. Smooth it out and try again</source>
            <translation>Returned: not recognised. Smooth it out and try again</translation>
        </message>
        <message>
            <source>Returned: such notes are not accepted here</source>
            <translation>Returned: such notes are not accepted here</translation>
        </message>
        <message>
            <source>Returned: over the maximum of %1</source>
            <translation>Returned: over the maximum of %1</translation>
        </message>
        <message>
            <source>Returned: the payment was being finished</source>
            <translation>Returned: the payment was being finished</translation>
        </message>
        <message>
            <source>Returned by the machine. Try again</source>
            <translation>Returned by the machine. Try again</translation>
        </message>
        <message>
            <source>Returned. Take the note</source>
            <translation>Returned. Take the note</translation>
        </message>
    </context>
    <context>
        <name>OutOfService</name>
        <message>
            <source>A short break</source>
            <translation>A short break</translation>
        </message>
        <message>
            <source>The terminal takes no payments now</source>
            <translation>The terminal takes no payments now</translation>
        </message>
        <message>
            <source>Questions and claims</source>
            <translation>Questions and claims</translation>
        </message>
        <message>
            <source>Terminal number</source>
            <translation>Terminal number</translation>
        </message>
        <message>
            <source>The screen changes by itself as soon as the terminal works again.</source>
            <translation>The screen changes by itself as soon as the terminal works again.</translation>
        </message>
    </context>
    <context>
        <name>Pager</name>
        <message>
            <source>Previous page</source>
            <translation>Previous page</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Next page</translation>
        </message>
    </context>
    <context>
        <name>Panel</name>
        <message>
            <source>Demo stand</source>
            <translation>Demo stand</translation>
        </message>
        <message>
            <source>Not a part of the terminal: plays the world around it</source>
            <translation>Not a part of the terminal: plays the world around it</translation>
        </message>
        <message>
            <source>Insert a banknote</source>
            <translation>Insert a banknote</translation>
        </message>
        <message>
            <source>Counterfeit note</source>
            <translation>Counterfeit note</translation>
        </message>
        <message>
            <source>Mishaps</source>
            <translation>Mishaps</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Network</translation>
        </message>
        <message>
            <source>connected</source>
            <translation>connected</translation>
        </message>
        <message>
            <source>cut</source>
            <translation>cut</translation>
        </message>
        <message>
            <source>Terminal's power</source>
            <translation>Terminal's power</translation>
        </message>
        <message>
            <source>on</source>
            <translation>on</translation>
        </message>
        <message>
            <source>cut, touch to switch on</source>
            <translation>cut, touch to switch on</translation>
        </message>
        <message>
            <source>Receipt paper</source>
            <translation>Receipt paper</translation>
        </message>
        <message>
            <source>loaded</source>
            <translation>loaded</translation>
        </message>
        <message>
            <source>out</source>
            <translation>out</translation>
        </message>
        <message>
            <source>State</source>
            <translation>State</translation>
        </message>
        <message>
            <source>Acceptor</source>
            <translation>Acceptor</translation>
        </message>
        <message>
            <source>In the cassette</source>
            <translation>In the cassette</translation>
        </message>
        <message>
            <source>%1 pcs, %2</source>
            <translation>%1 pcs, %2</translation>
        </message>
        <message>
            <source>Payments at the backend</source>
            <translation>Payments at the backend</translation>
        </message>
        <message>
            <source>No payments at the backend yet</source>
            <translation>No payments at the backend yet</translation>
        </message>
        <message>
            <source>The last receipt will be here</source>
            <translation>The last receipt will be here</translation>
        </message>
    </context>
    <context>
        <name>Plurals</name>
        <message numerus="yes">
            <source>%n digit(s) left</source>
            <translation>
                <numerusform>%n digit left</numerusform>
                <numerusform>%n digits left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n character(s) left</source>
            <translation>
                <numerusform>%n character left</numerusform>
                <numerusform>%n characters left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Home in %n s</source>
            <translation>
                <numerusform>Menu in %n s</numerusform>
                <numerusform>Menu in %n s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Paid by itself in %n s</source>
            <translation>
                <numerusform>Paid in %n s</numerusform>
                <numerusform>Paid in %n s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>In %n s the start screen comes back and what you typed is erased.</source>
            <translation>
                <numerusform>In %n second we go back to the start and erase what you typed.</numerusform>
                <numerusform>In %n seconds we go back to the start and erase what you typed.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>In %n s they will be paid to the account you confirmed.</source>
            <translation>
                <numerusform>In %n second the money goes to the account you confirmed.</numerusform>
                <numerusform>In %n seconds the money goes to the account you confirmed.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Processing</name>
        <message>
            <source>Making your payment</source>
            <translation>Making your payment</translation>
        </message>
        <message>
            <source>The money is counted and recorded. The receipt comes next.</source>
            <translation>The money is counted and recorded. The receipt comes next.</translation>
        </message>
    </context>
    <context>
        <name>ProgressLine</name>
        <message>
            <source>Please wait</source>
            <translation>Please wait</translation>
        </message>
    </context>
    <context>
        <name>Reason</name>
        <message>
            <source>Fault %1</source>
            <translation>Code %1</translation>
        </message>
        <message>
            <source>The terminal does not work now</source>
            <translation>The terminal does not work now</translation>
        </message>
        <message>
            <source>%1 are inside and will be paid as you confirmed</source>
            <translation>%1 is inside: it goes to the account you confirmed</translation>
        </message>
        <message>
            <source>The terminal is starting</source>
            <translation>The terminal is starting</translation>
        </message>
        <message>
            <source>This takes less than a minute.</source>
            <translation>This takes less than a minute.</translation>
        </message>
        <message>
            <source>Banknotes cannot be accepted</source>
            <translation>Banknotes cannot be accepted</translation>
        </message>
        <message>
            <source>The note acceptor is out of order. Please use another terminal.</source>
            <translation>The note acceptor is out of order. Please use another terminal.</translation>
        </message>
        <message>
            <source>Cash is being collected</source>
            <translation>Cash is being collected</translation>
        </message>
        <message>
            <source>The terminal is being serviced</source>
            <translation>The terminal is being serviced</translation>
        </message>
        <message>
            <source>Please wait a few minutes.</source>
            <translation>Please wait a few minutes.</translation>
        </message>
        <message>
            <source>The terminal is full of banknotes</source>
            <translation>The terminal is full of banknotes</translation>
        </message>
        <message>
            <source>It will work again after cash collection.</source>
            <translation>It will work again after cash collection.</translation>
        </message>
        <message>
            <source>Receipts cannot be printed</source>
            <translation>Receipts cannot be printed</translation>
        </message>
        <message>
            <source>We take no money without a receipt. Please use another terminal.</source>
            <translation>We take no money without a receipt. Please use another terminal.</translation>
        </message>
        <message>
            <source>Receipt paper has run out</source>
            <translation>Receipt paper has run out</translation>
        </message>
        <message>
            <source>Payments cannot be recorded</source>
            <translation>Payments cannot be recorded</translation>
        </message>
        <message>
            <source>Your money is safe: we take none until this is repaired.</source>
            <translation>We take no money until this is repaired.</translation>
        </message>
        <message>
            <source>The last payment is being finished</source>
            <translation>The last payment is being finished</translation>
        </message>
        <message>
            <source>Please wait a little.</source>
            <translation>Please wait a little.</translation>
        </message>
        <message>
            <source>The terminal is switching off</source>
            <translation>The terminal is switching off</translation>
        </message>
        <message>
            <source>Please use another terminal.</source>
            <translation>Please use another terminal.</translation>
        </message>
    </context>
    <context>
        <name>Result</name>
        <message>
            <source>Paid</source>
            <translation>Paid</translation>
        </message>
        <message>
            <source>The money arrives within a minute</source>
            <translation>The money arrives within a minute</translation>
        </message>
        <message>
            <source>The money has arrived</source>
            <translation>The money has arrived</translation>
        </message>
        <message>
            <source>Payment accepted</source>
            <translation>Payment accepted</translation>
        </message>
        <message>
            <source>It will be sent as soon as there is a connection</source>
            <translation>It will be sent as soon as there is a connection</translation>
        </message>
        <message>
            <source>The payment was refused</source>
            <translation>The payment was refused</translation>
        </message>
        <message>
            <source>Your money is kept safe. Call us: we will return it</source>
            <translation>Your money is kept safe. Call us: we will return it</translation>
        </message>
        <message>
            <source>%1 are being checked. Keep the receipt, call us</source>
            <translation>A note of %1 is being checked. Keep the receipt, call us</translation>
        </message>
        <message>
            <source>The sum is being looked into</source>
            <translation>The sum is being looked into</translation>
        </message>
        <message>
            <source>Your money is kept safe. You may call us</source>
            <translation>Your money is kept safe. You may call us</translation>
        </message>
    </context>
    <context>
        <name>Roster</name>
        <message>
            <source>For whom we take payments</source>
            <translation>For whom we take payments</translation>
        </message>
        <message>
            <source>Tax No. %1</source>
            <translation>Tax No. %1</translation>
        </message>
    </context>
    <context>
        <name>Search</name>
        <message>
            <source>Search</source>
            <translation>Search</translation>
        </message>
        <message>
            <source>Name, service or tax number</source>
            <translation>Name, service or tax number</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Clear</translation>
        </message>
        <message>
            <source>Nothing was found. Try another word, or call us: %1</source>
            <translation>Nothing was found. Try another word, or call us: %1</translation>
        </message>
        <message>
            <source>Begin to type: what fits appears here. A slip or the wrong layout does not matter.</source>
            <translation>Begin to type and the matches appear here. A slip or the wrong layout does no harm.</translation>
        </message>
    </context>
    <context>
        <name>SearchKeyboard</name>
        <message>
            <source>Erase one</source>
            <translation>Erase one</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
    </context>
    <context>
        <name>SlipSheet</name>
        <message>
            <source>Your receipt</source>
            <translation>Your receipt</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>Starting</name>
        <message>
            <source>The terminal is starting</source>
            <translation>The terminal is starting</translation>
        </message>
        <message>
            <source>Checking devices and unfinished payments</source>
            <translation>Checking devices and unfinished payments</translation>
        </message>
        <message>
            <source>Records of payments</source>
            <translation>Records of payments</translation>
        </message>
        <message>
            <source>Note acceptor</source>
            <translation>Note acceptor</translation>
        </message>
        <message>
            <source>Receipt printer</source>
            <translation>Receipt printer</translation>
        </message>
        <message>
            <source>Unfinished payments</source>
            <translation>Unfinished payments</translation>
        </message>
    </context>
    <context>
        <name>StepBar</name>
        <message>
            <source>Step %1 of 4</source>
            <translation>Step %1 of 4</translation>
        </message>
        <message>
            <source>Service</source>
            <translation>Service</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Number</translation>
        </message>
        <message>
            <source>Cash</source>
            <translation>Cash</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>Receipt</translation>
        </message>
    </context>
    <context>
        <name>Terms</name>
        <message>
            <source>One payment: from %1 to %2.</source>
            <translation>One payment: from %1 to %2.</translation>
        </message>
        <message>
            <source>From %1 to %2, no change.</source>
            <translation>From %1 to %2, no change.</translation>
        </message>
        <message>
            <source>No change: all you insert is paid.</source>
            <translation>No change: all you insert is paid.</translation>
        </message>
        <message>
            <source>No change: all you insert is paid, less the fee.</source>
            <translation>No change: all you insert is paid, less the fee.</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Fee</translation>
        </message>
        <message>
            <source>No fee</source>
            <translation>No fee</translation>
        </message>
        <message>
            <source>Fee %1</source>
            <translation>Fee %1</translation>
        </message>
        <message>
            <source>no fee</source>
            <translation>no fee</translation>
        </message>
        <message>
            <source>, at least %1</source>
            <translation>, at least %1</translation>
        </message>
        <message>
            <source>, at most %1</source>
            <translation>, at most %1</translation>
        </message>
        <message>
            <source>, min. %1</source>
            <translation>, min. %1</translation>
        </message>
        <message>
            <source>, max. %1</source>
            <translation>, max. %1</translation>
        </message>
        <message>
            <source>The fee depends on the sum</source>
            <translation>The fee depends on the sum</translation>
        </message>
        <message>
            <source>from %1</source>
            <translation>from %1</translation>
        </message>
        <message>
            <source>under %1</source>
            <translation>under %1</translation>
        </message>
        <message>
            <source>from %1 to %2</source>
            <translation>from %1 to %2</translation>
        </message>
        <message>
            <source>Exactly %1 is to be inserted.</source>
            <translation>Exactly %1 is to be inserted.</translation>
        </message>
    </context>
    <context>
        <name>Thanks</name>
        <message>
            <source>Inserted</source>
            <translation>Inserted</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Fee</translation>
        </message>
        <message>
            <source>Payment No.</source>
            <translation>Payment No.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>Take a photo of this screen. Questions: %1</source>
            <translation>Take a photo of this screen. Questions: %1</translation>
        </message>
        <message>
            <source>No receipt was printed</source>
            <translation>No receipt was printed</translation>
        </message>
        <message>
            <source>Take your receipt</source>
            <translation>Take your receipt</translation>
        </message>
        <message>
            <source>Printing the receipt</source>
            <translation>Printing the receipt</translation>
        </message>
        <message>
            <source>Touch it to enlarge</source>
            <translation>Touch it to enlarge</translation>
        </message>
        <message>
            <source>You will need it for the refund. Questions: %1</source>
            <translation>You will need it for the refund. Questions: %1</translation>
        </message>
        <message>
            <source>Keep it, just in case. Questions: %1</source>
            <translation>Keep it, just in case. Questions: %1</translation>
        </message>
        <message>
            <source>Keep it until the money arrives. Questions: %1</source>
            <translation>Keep it until the money arrives. Questions: %1</translation>
        </message>
        <message>
            <source>Wait a moment, do not pull the paper</source>
            <translation>Wait a moment, do not pull the paper</translation>
        </message>
        <message>
            <source>Show it larger</source>
            <translation>Show it larger</translation>
        </message>
        <message>
            <source>Show the receipt</source>
            <translation>Show receipt</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>Same service</source>
            <translation>Same service</translation>
        </message>
        <message>
            <source>Another service</source>
            <translation>Another service</translation>
        </message>
    </context>
    <context>
        <name>Catalogue</name>
        <message>
            <source>Сотовая связь</source>
            <translation>Mobile phones</translation>
        </message>
        <message>
            <source>Интернет, ТВ, телефония</source>
            <translation>Internet, TV, telephone</translation>
        </message>
        <message>
            <source>ЖКХ</source>
            <translation>Utilities</translation>
        </message>
        <message>
            <source>Банки и переводы на карты</source>
            <translation>Banks and card transfers</translation>
        </message>
        <message>
            <source>Погашение кредитов</source>
            <translation>Loan repayment</translation>
        </message>
        <message>
            <source>Займы</source>
            <translation>Microloans</translation>
        </message>
        <message>
            <source>Электронные деньги</source>
            <translation>E-money</translation>
        </message>
        <message>
            <source>Игры и соцсети</source>
            <translation>Games and networks</translation>
        </message>
        <message>
            <source>Транспорт и парковка</source>
            <translation>Transport and parking</translation>
        </message>
        <message>
            <source>Штрафы и налоги</source>
            <translation>Fines and taxes</translation>
        </message>
        <message>
            <source>Благотворительность</source>
            <translation>Charity</translation>
        </message>
        <message>
            <source>Каталоги и прямые продажи</source>
            <translation>Catalogues and direct sales</translation>
        </message>
        <message>
            <source>Образование</source>
            <translation>Education</translation>
        </message>
        <message>
            <source>Организации по реквизитам</source>
            <translation>Organisations by details</translation>
        </message>
        <message>
            <source>12 или 14 цифр</source>
            <translation>12 or 14 digits</translation>
        </message>
        <message>
            <source>Начинать с 8 не нужно</source>
            <translation>No need to begin with 8</translation>
        </message>
        <message>
            <source>С кодом города, начинать с 8 не нужно</source>
            <translation>With the city code, without the leading 8</translation>
        </message>
        <message>
            <source>В т.ч. НДС</source>
            <translation>VAT included</translation>
        </message>
        <message>
            <source>НДС не облагается</source>
            <translation>No VAT</translation>
        </message>
        <message>
            <source>Обычный, без доплаты</source>
            <translation>Normal, no surcharge</translation>
        </message>
        <message>
            <source>E-mail аккаунта</source>
            <translation>Account e-mail</translation>
        </message>
        <message>
            <source>ID приёмника</source>
            <translation>Receiver ID</translation>
        </message>
        <message>
            <source>ID страницы</source>
            <translation>Page ID</translation>
        </message>
        <message>
            <source>Абонентский номер</source>
            <translation>Subscriber number</translation>
        </message>
        <message>
            <source>БИК банка</source>
            <translation>Bank code (BIK)</translation>
        </message>
        <message>
            <source>БИК банка получателя</source>
            <translation>Receiver's bank code (BIK)</translation>
        </message>
        <message>
            <source>Ваш телефон (необязательно)</source>
            <translation>Your phone (optional)</translation>
        </message>
        <message>
            <source>ИНН получателя</source>
            <translation>Receiver's tax No. (INN)</translation>
        </message>
        <message>
            <source>Имя</source>
            <translation>First name</translation>
        </message>
        <message>
            <source>Имя плательщика</source>
            <translation>Payer's first name</translation>
        </message>
        <message>
            <source>Индекс документа (УИН)</source>
            <translation>Document index (UIN)</translation>
        </message>
        <message>
            <source>КПП (0 для ИП)</source>
            <translation>KPP (0 for a sole trader)</translation>
        </message>
        <message>
            <source>Код плательщика</source>
            <translation>Payer code</translation>
        </message>
        <message>
            <source>Кошелёк</source>
            <translation>Wallet</translation>
        </message>
        <message>
            <source>Лицевой счёт</source>
            <translation>Account number</translation>
        </message>
        <message>
            <source>Лицевой счёт (со счёта)</source>
            <translation>Account number (from the bill)</translation>
        </message>
        <message>
            <source>Лицевой счёт ученика</source>
            <translation>Pupil's account number</translation>
        </message>
        <message>
            <source>Логин Steam</source>
            <translation>Steam login</translation>
        </message>
        <message>
            <source>Логин личного кабинета</source>
            <translation>Personal account login</translation>
        </message>
        <message>
            <source>НДС</source>
            <translation>VAT</translation>
        </message>
        <message>
            <source>Назначение платежа</source>
            <translation>Purpose of payment</translation>
        </message>
        <message>
            <source>Наименование</source>
            <translation>Name of the organisation</translation>
        </message>
        <message>
            <source>Номер договора</source>
            <translation>Contract number</translation>
        </message>
        <message>
            <source>Номер карты</source>
            <translation>Card number</translation>
        </message>
        <message>
            <source>Номер карты «Стрелка»</source>
            <translation>Strelka card number</translation>
        </message>
        <message>
            <source>Номер карты «Тройка»</source>
            <translation>Troika card number</translation>
        </message>
        <message>
            <source>Номер карты или договора</source>
            <translation>Card or contract number</translation>
        </message>
        <message>
            <source>Номер кошелька</source>
            <translation>Wallet number</translation>
        </message>
        <message>
            <source>Номер счёта</source>
            <translation>Account number</translation>
        </message>
        <message>
            <source>Номер телефона</source>
            <translation>Phone number</translation>
        </message>
        <message>
            <source>Номер телефона МГТС</source>
            <translation>MGTS phone number</translation>
        </message>
        <message>
            <source>Номер телефона кошелька</source>
            <translation>Phone number of the wallet</translation>
        </message>
        <message>
            <source>Период, ММГГГГ</source>
            <translation>Period, MMYYYY</translation>
        </message>
        <message>
            <source>Показание счётчика (необязательно)</source>
            <translation>Meter reading (optional)</translation>
        </message>
        <message>
            <source>Расчётный счёт</source>
            <translation>Bank account</translation>
        </message>
        <message>
            <source>Регистрационный номер</source>
            <translation>Registration number</translation>
        </message>
        <message>
            <source>Срочность</source>
            <translation>Urgency</translation>
        </message>
        <message>
            <source>УИН (номер постановления)</source>
            <translation>UIN (number of the ruling)</translation>
        </message>
        <message>
            <source>УИН или № ИП</source>
            <translation>UIN or enforcement No.</translation>
        </message>
        <message>
            <source>Фамилия</source>
            <translation>Surname</translation>
        </message>
        <message>
            <source>Фамилия плательщика</source>
            <translation>Payer's surname</translation>
        </message>
        <message>
            <source>Штрафы ГИБДД</source>
            <translation>Traffic fines (GIBDD)</translation>
        </message>
        <message>
            <source>Налоги ФНС (по УИН)</source>
            <translation>Taxes (FNS, by UIN)</translation>
        </message>
        <message>
            <source>Долги ФССП</source>
            <translation>Bailiff debts (FSSP)</translation>
        </message>
        <message>
            <source>Виртуальная карта</source>
            <translation>Virtual card</translation>
        </message>
        <message>
            <source>Школьное питание</source>
            <translation>School meals</translation>
        </message>
        <message>
            <source>Московский паркинг</source>
            <translation>Moscow parking</translation>
        </message>
        <message>
            <source>ЖКУ Москва (ЕПД)</source>
            <translation>Moscow utilities (EPD)</translation>
        </message>
        <message>
            <source>Оплата по реквизитам организации</source>
            <translation>Pay an organisation by its details</translation>
        </message>
        <message>
            <source>Водоканал</source>
            <translation>Vodokanal (water)</translation>
        </message>
        <message>
            <source>Домофон «Цифрал-Сервис»</source>
            <translation>Intercom Cyfral-Service</translation>
        </message>
        <message>
            <source>Альфа-Банк (перевод на карту)</source>
            <translation>Alfa-Bank (transfer to card)</translation>
        </message>
        <message>
            <source>Сбербанк (перевод на карту)</source>
            <translation>Sberbank (transfer to card)</translation>
        </message>
        <message>
            <source>ВТБ (перевод на счёт)</source>
            <translation>VTB (transfer to account)</translation>
        </message>
        <message>
            <source>Хоум Кредит (погашение кредита)</source>
            <translation>Home Credit (loan repayment)</translation>
        </message>
        <message>
            <source>Тройка (Кошелёк карты)</source>
            <translation>Troika (card wallet)</translation>
        </message>
        <message>
            <source>ВКонтакте: голоса</source>
            <translation>VKontakte: votes</translation>
        </message>
        <message>
            <source>Фонд «Подари жизнь»</source>
            <translation>Gift of Life foundation</translation>
        </message>
        <message>
            <source>Ростелеком. Домашние услуги</source>
            <translation>Rostelecom. Home services</translation>
        </message>
        <message>
            <source>МТС Домашний интернет, ТВ и телефония</source>
            <translation>MTS Home internet, TV and telephone</translation>
        </message>
        <message>
            <source>Мир танков</source>
            <translation>World of Tanks (Mir Tankov)</translation>
        </message>
        <message>
            <source>Абонент</source>
            <translation>Customer</translation>
        </message>
        <message>
            <source>К оплате</source>
            <translation>To be paid</translation>
        </message>
    </context>
</TS>
