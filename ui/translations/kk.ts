<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="kk_KZ" sourcelanguage="en_US">
    <context>
        <name>About</name>
        <message>
            <source>About the terminal</source>
            <translation>Терминал туралы</translation>
        </message>
        <message>
            <source>Questions and claims</source>
            <translation>Сұрақтар мен шағымдар</translation>
        </message>
        <message>
            <source>Terminal number</source>
            <translation>Терминал нөмірі</translation>
        </message>
        <message>
            <source>Payment agent</source>
            <translation>Төлем агенті</translation>
        </message>
        <message>
            <source>Company</source>
            <translation>Компания</translation>
        </message>
        <message>
            <source>Tax No.</source>
            <translation>СТН (ИНН)</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Мекенжай</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Телефон</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>Орны</translation>
        </message>
        <message>
            <source>If something went wrong</source>
            <translation>Бірдеңе дұрыс болмаса</translation>
        </message>
        <message>
            <source>Call us and tell the terminal number, the payment number from the receipt and the time. Without a receipt the number paid to and the sum are enough: every note is recorded.</source>
            <translation>Қоңырау шалып, терминал нөмірін, чектегі төлем нөмірін және уақытты айтыңыз. Чек жоқ па? Төленген шот пен соманы айтыңыз: әр купюра жазылған.</translation>
        </message>
        <message>
            <source>More phones: %1</source>
            <translation>Басқа телефондар: %1</translation>
        </message>
        <message>
            <source>Demo stand: payments are not real</source>
            <translation>Демо-стенд: төлемдер шынайы емес</translation>
        </message>
        <message>
            <source>Who is paid</source>
            <translation>Төлем алушылар</translation>
        </message>
    </context>
    <context>
        <name>ActionBar</name>
        <message>
            <source>Back</source>
            <translation>Артқа</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Мәзір</translation>
        </message>
    </context>
    <context>
        <name>AppHeader</name>
        <message>
            <source>No. %1</source>
            <translation>№ %1</translation>
        </message>
        <message>
            <source>Demo</source>
            <translation>Демо</translation>
        </message>
        <message>
            <source>Help by phone</source>
            <translation>Телефон арқылы көмек</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Тіл</translation>
        </message>
    </context>
    <context>
        <name>Ask</name>
        <message>
            <source>%1 are inside.</source>
            <translation>Ішінде %1.</translation>
        </message>
    </context>
    <context>
        <name>AskSheet</name>
        <message>
            <source>Are you still there?</source>
            <translation>Сіз осындасыз ба?</translation>
        </message>
        <message>
            <source>I am here</source>
            <translation>Мен осындамын</translation>
        </message>
    </context>
    <context>
        <name>Attract</name>
        <message>
            <source>Touch the screen to begin</source>
            <translation>Бастау үшін экранды түртіңіз</translation>
        </message>
        <message>
            <source>Pay for anything with cash</source>
            <translation>Қолма-қол ақшамен төлеу</translation>
        </message>
        <message>
            <source>All services</source>
            <translation>Барлық қызметтер</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>No connection: payments go out later</source>
            <translation>Байланыс жоқ: төлем кейін кетеді</translation>
        </message>
        <message>
            <source>No receipts now: shown on the screen</source>
            <translation>Чек басылмайды: экранда көрсетіледі</translation>
        </message>
        <message>
            <source>No connection</source>
            <translation>Байланыс жоқ</translation>
        </message>
        <message>
            <source>No receipt</source>
            <translation>Чек жоқ</translation>
        </message>
    </context>
    <context>
        <name>Categories</name>
        <message>
            <source>All services</source>
            <translation>Барлық қызметтер</translation>
        </message>
    </context>
    <context>
        <name>Check</name>
        <message>
            <source>Check a payment</source>
            <translation>Төлемді тексеру</translation>
        </message>
        <message>
            <source>Phone or account that was paid</source>
            <translation>Төленген телефон немесе шот</translation>
        </message>
        <message>
            <source>When, give or take three days</source>
            <translation>Қашан, үш күн артық-кем</translation>
        </message>
        <message>
            <source>A day earlier</source>
            <translation>Бір күн бұрын</translation>
        </message>
        <message>
            <source>A day later</source>
            <translation>Бір күн кейін</translation>
        </message>
        <message>
            <source>Type the whole number as it was paid. Only payments made on this terminal are found.</source>
            <translation>Төлегендегідей бүкіл нөмірді теріңіз. Осы терминалда жасалған төлемдер табылады.</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Табу</translation>
        </message>
        <message>
            <source>Today, %1</source>
            <translation>Бүгін, %1</translation>
        </message>
        <message>
            <source>Credited</source>
            <translation>Түсті</translation>
        </message>
        <message>
            <source>On its way</source>
            <translation>Жолда</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Жіберуді күтуде</translation>
        </message>
        <message>
            <source>Not credited, call us</source>
            <translation>Түспеді, қоңырау шалыңыз</translation>
        </message>
        <message>
            <source>Being looked into</source>
            <translation>Сома анықталуда</translation>
        </message>
    </context>
    <context>
        <name>Confirm</name>
        <message>
            <source>Check before you pay</source>
            <translation>Төлер алдында тексеріңіз</translation>
        </message>
        <message>
            <source>Compare every digit: money sent elsewhere is hard to bring back</source>
            <translation>Әр цифрды тексеріңіз: бөтен шоттан ақшаны қайтару қиын</translation>
        </message>
        <message>
            <source>Receiver</source>
            <translation>Төлем алушы</translation>
        </message>
        <message>
            <source>Phone %1</source>
            <translation>Телефон %1</translation>
        </message>
        <message>
            <source>Demo: the receiver's details are invented</source>
            <translation>Демо: алушының деректері ойдан алынған</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Өзгерту</translation>
        </message>
        <message>
            <source>Right, insert cash</source>
            <translation>Дұрыс, ақша салу</translation>
        </message>
        <message>
            <source>The provider knows this account. Compare every digit all the same</source>
            <translation>Жеткізуші бұл шотты растады. Дегенмен әр цифрды салыстырыңыз</translation>
        </message>
        <message>
            <source>The provider did not check this account. Compare every digit</source>
            <translation>Жеткізуші бұл шотты тексермеді. Әр цифрды салыстырыңыз</translation>
        </message>
        <message>
            <source>To be paid</source>
            <translation>Төленетін сома</translation>
        </message>
    </context>
    <context>
        <name>Enquiry</name>
        <message>
            <source>The provider does not answer</source>
            <translation>Жеткізуші жауап бермейді</translation>
        </message>
        <message>
            <source>Without its answer this service cannot be paid. Try again now or later.</source>
            <translation>Оның жауабынсыз бұл қызметті төлеуге болмайды. Қазір немесе кейін қайталаңыз.</translation>
        </message>
        <message>
            <source>Asking the provider</source>
            <translation>Жеткізушіден сұраймыз</translation>
        </message>
        <message>
            <source>No money is taken yet.</source>
            <translation>Ақша әзірге қабылданбайды.</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Өзгерту</translation>
        </message>
        <message>
            <source>Ask again</source>
            <translation>Қайта сұрау</translation>
        </message>
    </context>
    <context>
        <name>Entry</name>
        <message>
            <source>Skip</source>
            <translation>Өткізу</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Әрі қарай</translation>
        </message>
        <message>
            <source>Correct the field to go on</source>
            <translation>Нөмірді түзетіңіз</translation>
        </message>
        <message>
            <source>Field %1 of %2</source>
            <translation>%1-өріс, барлығы %2</translation>
        </message>
        <message>
            <source>Check the number: it has another form</source>
            <translation>Нөмір сәйкес емес. Тексеріңіз</translation>
        </message>
        <message>
            <source>A digit is wrong. Check the number</source>
            <translation>Нөмірде қате бар. Цифрларды тексеріңіз</translation>
        </message>
        <message>
            <source>Start without 8: the code comes first</source>
            <translation>8-сіз: бірден кодтан бастаңыз</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Жауапты таңдаңыз</translation>
        </message>
        <message>
            <source>Fill in the field</source>
            <translation>Өрісті толтырыңыз</translation>
        </message>
        <message>
            <source>The provider needs another form</source>
            <translation>Жеткізушіге басқа түрі керек</translation>
        </message>
        <message>
            <source>The provider does not know this account</source>
            <translation>Жеткізуші мұндай шотты білмейді</translation>
        </message>
        <message>
            <source>The provider refuses one of the fields</source>
            <translation>Жеткізуші бір өрісті қабылдамады</translation>
        </message>
        <message>
            <source>The provider says: it is not in use</source>
            <translation>Бұл шот жеткізушіде жабық</translation>
        </message>
        <message>
            <source>The provider takes no payments to it</source>
            <translation>Жеткізуші бұл шотқа қабылдамайды</translation>
        </message>
        <message>
            <source>Nothing is to be paid there now</source>
            <translation>Қазір онда төлейтін ештеңе жоқ</translation>
        </message>
        <message>
            <source>The sum is too large for cash here</source>
            <translation>Бұл сома мұнда қолма-қол үшін тым көп</translation>
        </message>
        <message>
            <source>Choose a sum</source>
            <translation>Соманы таңдаңыз</translation>
        </message>
        <message>
            <source>Sum to be credited</source>
            <translation>Есепке түсетін сома</translation>
        </message>
        <message>
            <source>This looks like another operator's number</source>
            <translation>Басқа оператор нөміріне ұқсайды</translation>
        </message>
        <message>
            <source>Choose the operator yourself</source>
            <translation>Операторды өзіңіз таңдаңыз</translation>
        </message>
        <message>
            <source>The number tells the operator</source>
            <translation>Операторды нөмірден табамыз</translation>
        </message>
        <message>
            <source>Choose the operator</source>
            <translation>Операторды таңдау</translation>
        </message>
        <message>
            <source>Change to %1</source>
            <translation>Ауыстыру: %1</translation>
        </message>
        <message>
            <source>Operator not known</source>
            <translation>Оператор белгісіз</translation>
        </message>
    </context>
    <context>
        <name>Found</name>
        <message>
            <source>Payments that were found</source>
            <translation>Табылған төлемдер</translation>
        </message>
        <message>
            <source>No such payment was found</source>
            <translation>Мұндай төлем табылмады</translation>
        </message>
        <message>
            <source>Printing</source>
            <translation>Басылуда</translation>
        </message>
        <message>
            <source>Not printed</source>
            <translation>Басылмады</translation>
        </message>
        <message>
            <source>Take the copy</source>
            <translation>Чекті алыңыз</translation>
        </message>
        <message>
            <source>Print a copy</source>
            <translation>Чек көшірмесі</translation>
        </message>
        <message>
            <source>Check the number and the day. A payment made on another terminal is found by its receipt only. Help by phone: %1</source>
            <translation>Нөмір мен күнді тексеріңіз. Басқа терминалдағы төлем тек чек бойынша табылады. Телефон арқылы көмек: %1</translation>
        </message>
    </context>
    <context>
        <name>Home</name>
        <message>
            <source>What shall we pay?</source>
            <translation>Не төлейміз?</translation>
        </message>
        <message>
            <source>Top up with cash by phone number</source>
            <translation>Телефон нөмірі бойынша қолма-қол толтыру</translation>
        </message>
        <message>
            <source>All services</source>
            <translation>Барлық қызметтер</translation>
        </message>
        <message>
            <source>About the terminal</source>
            <translation>Көмек</translation>
        </message>
        <message>
            <source>Notes only, no change</source>
            <translation>Тек купюралар, қайтарым жоқ</translation>
        </message>
        <message>
            <source>Notes from %1 to %2, no change</source>
            <translation>Купюралар: %1–%2, қайтарым жоқ</translation>
        </message>
        <message>
            <source>Find a service, company or tax No.</source>
            <translation>Қызметті, компанияны табу</translation>
        </message>
        <message>
            <source>Check a payment</source>
            <translation>Төлемді тексеру</translation>
        </message>
        <message>
            <source>Mobile phone</source>
            <translation>Ұялы телефон</translation>
        </message>
    </context>
    <context>
        <name>Keypad</name>
        <message>
            <source>Clear</source>
            <translation>Өшіру</translation>
        </message>
        <message>
            <source>Erase one</source>
            <translation>Бір таңбаны өшіру</translation>
        </message>
    </context>
    <context>
        <name>LanguageSheet</name>
        <message>
            <source>Usual colours</source>
            <translation>Әдеттегі түстер</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Жоғары контраст</translation>
        </message>
        <message>
            <source>Usual letters</source>
            <translation>Қалыпты қаріп</translation>
        </message>
        <message>
            <source>Large letters</source>
            <translation>Ірі қаріп</translation>
        </message>
        <message>
            <source>Whole screen</source>
            <translation>Бүкіл экранда</translation>
        </message>
        <message>
            <source>Lower buttons</source>
            <translation>Батырмалар төмен</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Жабу</translation>
        </message>
    </context>
    <context>
        <name>LetterKeyboard</name>
        <message>
            <source>Capital letters</source>
            <translation>Бас әріптер</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Бос орын</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Өшіру</translation>
        </message>
        <message>
            <source>Erase one</source>
            <translation>Бір таңбаны өшіру</translation>
        </message>
    </context>
    <context>
        <name>List</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 / %2</translation>
        </message>
    </context>
    <context>
        <name>Money</name>
        <message>
            <source>Inserted</source>
            <translation>Салынды</translation>
        </message>
        <message>
            <source>To be credited</source>
            <translation>Түседі</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Купюралар</translation>
        </message>
        <message>
            <source>Put the first note into the slot below the screen</source>
            <translation>Бірінші купюраны қабылдағышқа салыңыз</translation>
        </message>
        <message>
            <source>If you walk away, the money still goes to this account.</source>
            <translation>Кетіп қалсаңыз да, ақша осы шотқа түседі.</translation>
        </message>
        <message>
            <source>One moment: the last note</source>
            <translation>Бір сәт: соңғы купюра</translation>
        </message>
        <message>
            <source>The note is being checked</source>
            <translation>Купюра тексерілуде</translation>
        </message>
        <message>
            <source>The maximum is reached</source>
            <translation>Ең көп сомаға жетті</translation>
        </message>
        <message>
            <source>Insert notes one by one</source>
            <translation>Купюраларды бір-бірлеп салыңыз</translation>
        </message>
        <message>
            <source>We accept</source>
            <translation>Қабылдаймыз</translation>
        </message>
        <message>
            <source>No more notes are accepted</source>
            <translation>Ең көп сомаға жетті, қабылдау жабық</translation>
        </message>
        <message>
            <source>Notes are not accepted now</source>
            <translation>Қазір купюралар қабылданбайды</translation>
        </message>
        <message>
            <source>Wait for the note</source>
            <translation>Күтіңіз: купюра тексерілуде</translation>
        </message>
        <message>
            <source>Insert %1 or more</source>
            <translation>%1 немесе көп салыңыз</translation>
        </message>
        <message>
            <source>Insert %1 more</source>
            <translation>Тағы %1 салыңыз</translation>
        </message>
        <message>
            <source>No change. The maximum is %1.</source>
            <translation>Қайтарым жоқ. Ең көбі %1.</translation>
        </message>
        <message>
            <source>No change. Up to %1 can be inserted.</source>
            <translation>Қайтарым жоқ. %1 дейін салуға болады.</translation>
        </message>
        <message>
            <source>No change. %1 more can be inserted.</source>
            <translation>Қайтарым жоқ. Тағы %1 салуға болады.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Төлеу</translation>
        </message>
        <message>
            <source>Pay %1</source>
            <translation>%1 төлеу</translation>
        </message>
        <message>
            <source>To be paid</source>
            <translation>Төленетін сома</translation>
        </message>
    </context>
    <context>
        <name>NoReceipt</name>
        <message>
            <source>There will be no printed receipt</source>
            <translation>Чек басылмайды</translation>
        </message>
        <message>
            <source>The printer does not work now. The payment goes through; its number and the phone for questions stay on the screen: write them down or take a photo.</source>
            <translation>Принтер қазір істемейді. Төлем өтеді; оның нөмірі мен сұрақтарға арналған телефон экранда қалады: жазып алыңыз немесе суретке түсіріңіз.</translation>
        </message>
        <message>
            <source>A copy of the receipt can be printed at this terminal later.</source>
            <translation>Чек көшірмесін осы терминалда кейін басып шығаруға болады.</translation>
        </message>
        <message>
            <source>Pay without a receipt</source>
            <translation>Чексіз төлеу</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>Артқа қайту</translation>
        </message>
    </context>
    <context>
        <name>Note</name>
        <message>
            <source>checking</source>
            <translation>тексеру</translation>
        </message>
        <message>
            <source>Banknote</source>
            <translation>Купюра</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>алынды</translation>
        </message>
        <message>
            <source>returned</source>
            <translation>қайтарылды</translation>
        </message>
        <message>
            <source>in question</source>
            <translation>даулы</translation>
        </message>
        <message>
            <source>Returned: not recognised. Smooth it out and try again</source>
            <translation>Қайтарылды: танылмады. Тегістеп, қайта салыңыз</translation>
        </message>
        <message>
            <source>Returned: such notes are not accepted here</source>
            <translation>Қайтарылды: мұндай купюра қабылданбайды</translation>
        </message>
        <message>
            <source>Returned: over the maximum of %1</source>
            <translation>Қайтарылды: ең көп сомадан асады: %1</translation>
        </message>
        <message>
            <source>Returned: the payment was being finished</source>
            <translation>Қайтарылды: төлем аяқталып жатқан</translation>
        </message>
        <message>
            <source>Returned by the machine. Try again</source>
            <translation>Қабылдағыш қайтарды. Қайталап көріңіз</translation>
        </message>
        <message>
            <source>Returned. Take the note</source>
            <translation>Қайтарылды. Купюраны алыңыз</translation>
        </message>
    </context>
    <context>
        <name>OutOfService</name>
        <message>
            <source>A short break</source>
            <translation>Шағын үзіліс</translation>
        </message>
        <message>
            <source>The terminal takes no payments now</source>
            <translation>Терминал уақытша төлем қабылдамайды</translation>
        </message>
        <message>
            <source>Questions and claims</source>
            <translation>Сұрақтар мен шағымдар</translation>
        </message>
        <message>
            <source>Terminal number</source>
            <translation>Терминал нөмірі</translation>
        </message>
        <message>
            <source>The screen changes by itself as soon as the terminal works again.</source>
            <translation>Терминал қайта іске қосылғанда экран өзі ауысады.</translation>
        </message>
    </context>
    <context>
        <name>Pager</name>
        <message>
            <source>Previous page</source>
            <translation>Алдыңғы бет</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Келесі бет</translation>
        </message>
    </context>
    <context>
        <name>Panel</name>
        <message>
            <source>Demo stand</source>
            <translation>Демо-стенд</translation>
        </message>
        <message>
            <source>Not a part of the terminal: plays the world around it</source>
            <translation>Терминалдың бөлігі емес: айналасын бейнелейді</translation>
        </message>
        <message>
            <source>Insert a banknote</source>
            <translation>Купюра салу</translation>
        </message>
        <message>
            <source>Counterfeit note</source>
            <translation>Жалған купюра</translation>
        </message>
        <message>
            <source>Mishaps</source>
            <translation>Ақаулар</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Сервермен байланыс</translation>
        </message>
        <message>
            <source>connected</source>
            <translation>бар</translation>
        </message>
        <message>
            <source>cut</source>
            <translation>үзілген</translation>
        </message>
        <message>
            <source>Terminal's power</source>
            <translation>Терминал қуаты</translation>
        </message>
        <message>
            <source>on</source>
            <translation>қосулы</translation>
        </message>
        <message>
            <source>cut, touch to switch on</source>
            <translation>жоқ, қосу</translation>
        </message>
        <message>
            <source>Receipt paper</source>
            <translation>Чек таспасы</translation>
        </message>
        <message>
            <source>loaded</source>
            <translation>салынған</translation>
        </message>
        <message>
            <source>out</source>
            <translation>бітті</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Күйі</translation>
        </message>
        <message>
            <source>Acceptor</source>
            <translation>Қабылдағыш</translation>
        </message>
        <message>
            <source>In the cassette</source>
            <translation>Кассетада</translation>
        </message>
        <message>
            <source>%1 pcs, %2</source>
            <translation>%1 дана, %2</translation>
        </message>
        <message>
            <source>Payments at the backend</source>
            <translation>Сервердегі төлемдер</translation>
        </message>
        <message>
            <source>No payments at the backend yet</source>
            <translation>Серверде төлем әлі жоқ</translation>
        </message>
        <message>
            <source>The last receipt will be here</source>
            <translation>Соңғы чек осында болады</translation>
        </message>
    </context>
    <context>
        <name>Plurals</name>
        <message numerus="yes">
            <source>%n digit(s) left</source>
            <translation>
                <numerusform>%n цифр қалды</numerusform>
                <numerusform>%n цифр қалды</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n character(s) left</source>
            <translation>
                <numerusform>%n таңба қалды</numerusform>
                <numerusform>%n таңба қалды</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Home in %n s</source>
            <translation>
                <numerusform>%n с кейін мәзір</numerusform>
                <numerusform>%n с кейін мәзір</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Paid by itself in %n s</source>
            <translation>
                <numerusform>%n с кейін төленеді</numerusform>
                <numerusform>%n с кейін төленеді</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>In %n s the start screen comes back and what you typed is erased.</source>
            <translation>
                <numerusform>%n секундтан кейін басына ораламыз, енгізгеніңіз өшіріледі.</numerusform>
                <numerusform>%n секундтан кейін басына ораламыз, енгізгеніңіз өшіріледі.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>In %n s they will be paid to the account you confirmed.</source>
            <translation>
                <numerusform>%n секундтан кейін ақша сіз растаған шотқа кетеді.</numerusform>
                <numerusform>%n секундтан кейін ақша сіз растаған шотқа кетеді.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Processing</name>
        <message>
            <source>Making your payment</source>
            <translation>Төлем жасалуда</translation>
        </message>
        <message>
            <source>The money is counted and recorded. The receipt comes next.</source>
            <translation>Ақша саналып, жазылды. Қазір чек шығады.</translation>
        </message>
    </context>
    <context>
        <name>ProgressLine</name>
        <message>
            <source>Please wait</source>
            <translation>Күтіңіз</translation>
        </message>
    </context>
    <context>
        <name>Reason</name>
        <message>
            <source>Fault %1</source>
            <translation>Код %1</translation>
        </message>
        <message>
            <source>The terminal does not work now</source>
            <translation>Терминал қазір жұмыс істемейді</translation>
        </message>
        <message>
            <source>%1 are inside and will be paid as you confirmed</source>
            <translation>Ішінде %1: сіз растаған шотқа түседі</translation>
        </message>
        <message>
            <source>The terminal is starting</source>
            <translation>Терминал қосылуда</translation>
        </message>
        <message>
            <source>This takes less than a minute.</source>
            <translation>Бұл бір минутқа жетпейді.</translation>
        </message>
        <message>
            <source>Banknotes cannot be accepted</source>
            <translation>Купюра қабылдау істемейді</translation>
        </message>
        <message>
            <source>The note acceptor is out of order. Please use another terminal.</source>
            <translation>Купюра қабылдағыш істен шықты. Басқа терминалды пайдаланыңыз.</translation>
        </message>
        <message>
            <source>Cash is being collected</source>
            <translation>Инкассация жүріп жатыр</translation>
        </message>
        <message>
            <source>The terminal is being serviced</source>
            <translation>Терминалға қызмет көрсетілуде</translation>
        </message>
        <message>
            <source>Please wait a few minutes.</source>
            <translation>Бірнеше минут күтіңіз.</translation>
        </message>
        <message>
            <source>The terminal is full of banknotes</source>
            <translation>Терминал купюраға толы</translation>
        </message>
        <message>
            <source>It will work again after cash collection.</source>
            <translation>Инкассациядан кейін іске қосылады.</translation>
        </message>
        <message>
            <source>Receipts cannot be printed</source>
            <translation>Чек басу істемейді</translation>
        </message>
        <message>
            <source>We take no money without a receipt. Please use another terminal.</source>
            <translation>Чексіз ақша қабылдамаймыз. Басқа терминалды пайдаланыңыз.</translation>
        </message>
        <message>
            <source>Receipt paper has run out</source>
            <translation>Чек таспасы бітті</translation>
        </message>
        <message>
            <source>Payments cannot be recorded</source>
            <translation>Терминал төлемді жаза алмайды</translation>
        </message>
        <message>
            <source>Your money is safe: we take none until this is repaired.</source>
            <translation>Бұл түзетілгенше ақша қабылдамаймыз.</translation>
        </message>
        <message>
            <source>The last payment is being finished</source>
            <translation>Алдыңғы төлем аяқталуда</translation>
        </message>
        <message>
            <source>Please wait a little.</source>
            <translation>Біраз күтіңіз.</translation>
        </message>
        <message>
            <source>The terminal is switching off</source>
            <translation>Терминал өшірілуде</translation>
        </message>
        <message>
            <source>Please use another terminal.</source>
            <translation>Басқа терминалды пайдаланыңыз.</translation>
        </message>
    </context>
    <context>
        <name>Result</name>
        <message>
            <source>Paid</source>
            <translation>Төленді</translation>
        </message>
        <message>
            <source>The money arrives within a minute</source>
            <translation>Ақша бір минутта түседі</translation>
        </message>
        <message>
            <source>The money has arrived</source>
            <translation>Ақша түсті</translation>
        </message>
        <message>
            <source>Payment accepted</source>
            <translation>Төлем қабылданды</translation>
        </message>
        <message>
            <source>It will be sent as soon as there is a connection</source>
            <translation>Байланыс пайда болғанда жіберіледі</translation>
        </message>
        <message>
            <source>The payment was refused</source>
            <translation>Төлем өтпеді</translation>
        </message>
        <message>
            <source>Your money is kept safe. Call us: we will return it</source>
            <translation>Ақша жоғалған жоқ: қоңырау шалыңыз, қайтарамыз</translation>
        </message>
        <message>
            <source>%1 are being checked. Keep the receipt, call us</source>
            <translation>%1 купюра анықталуда. Чекті сақтап, қоңырау шалыңыз</translation>
        </message>
        <message>
            <source>The sum is being looked into</source>
            <translation>Сома анықталып жатыр</translation>
        </message>
        <message>
            <source>Your money is kept safe. You may call us</source>
            <translation>Ақшаңыз сақтаулы. Бізге қоңырау шалыңыз</translation>
        </message>
    </context>
    <context>
        <name>Roster</name>
        <message>
            <source>For whom we take payments</source>
            <translation>Төлем кімге қабылданады</translation>
        </message>
        <message>
            <source>Tax No. %1</source>
            <translation>СТН (ИНН) %1</translation>
        </message>
    </context>
    <context>
        <name>Search</name>
        <message>
            <source>Search</source>
            <translation>Іздеу</translation>
        </message>
        <message>
            <source>Name, service or tax number</source>
            <translation>Атауы, қызмет немесе ИНН</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Өшіру</translation>
        </message>
        <message>
            <source>Nothing was found. Try another word, or call us: %1</source>
            <translation>Ештеңе табылмады. Басқа сөзді көріңіз немесе қоңырау шалыңыз: %1</translation>
        </message>
        <message>
            <source>Begin to type: what fits appears here. A slip or the wrong layout does not matter.</source>
            <translation>Тере бастаңыз: сәйкес келгені осында шығады. Қате әріп немесе басқа орналасу кедергі емес.</translation>
        </message>
    </context>
    <context>
        <name>SearchKeyboard</name>
        <message>
            <source>Erase one</source>
            <translation>Бір таңбаны өшіру</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Бос орын</translation>
        </message>
    </context>
    <context>
        <name>SlipSheet</name>
        <message>
            <source>Your receipt</source>
            <translation>Сіздің чегіңіз</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Жабу</translation>
        </message>
    </context>
    <context>
        <name>Starting</name>
        <message>
            <source>The terminal is starting</source>
            <translation>Терминал қосылуда</translation>
        </message>
        <message>
            <source>Checking devices and unfinished payments</source>
            <translation>Құрылғылар мен аяқталмаған төлемдер тексерілуде</translation>
        </message>
        <message>
            <source>Records of payments</source>
            <translation>Төлемдер журналы</translation>
        </message>
        <message>
            <source>Note acceptor</source>
            <translation>Купюра қабылдағыш</translation>
        </message>
        <message>
            <source>Receipt printer</source>
            <translation>Чек басу</translation>
        </message>
        <message>
            <source>Unfinished payments</source>
            <translation>Аяқталмаған төлемдер</translation>
        </message>
    </context>
    <context>
        <name>StepBar</name>
        <message>
            <source>Step %1 of 4</source>
            <translation>%1-қадам, барлығы 4</translation>
        </message>
        <message>
            <source>Service</source>
            <translation>Қызмет</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Нөмір</translation>
        </message>
        <message>
            <source>Cash</source>
            <translation>Қолма-қол</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>Чек</translation>
        </message>
    </context>
    <context>
        <name>Terms</name>
        <message>
            <source>One payment: from %1 to %2.</source>
            <translation>Бір төлем: %1–%2.</translation>
        </message>
        <message>
            <source>From %1 to %2, no change.</source>
            <translation>%1–%2, қайтарым жоқ.</translation>
        </message>
        <message>
            <source>No change: all you insert is paid.</source>
            <translation>Қайтарым жоқ: бүкіл сома түседі.</translation>
        </message>
        <message>
            <source>No change: all you insert is paid, less the fee.</source>
            <translation>Қайтарым жоқ: комиссиядан басқасы түседі.</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Комиссия</translation>
        </message>
        <message>
            <source>No fee</source>
            <translation>Комиссиясыз</translation>
        </message>
        <message>
            <source>Fee %1</source>
            <translation>Комиссия %1</translation>
        </message>
        <message>
            <source>no fee</source>
            <translation>комиссиясыз</translation>
        </message>
        <message>
            <source>, at least %1</source>
            <translation>, кемінде %1</translation>
        </message>
        <message>
            <source>, at most %1</source>
            <translation>, ең көбі %1</translation>
        </message>
        <message>
            <source>, min. %1</source>
            <translation>, мин. %1</translation>
        </message>
        <message>
            <source>, max. %1</source>
            <translation>, макс. %1</translation>
        </message>
        <message>
            <source>The fee depends on the sum</source>
            <translation>Комиссия сомаға байланысты</translation>
        </message>
        <message>
            <source>from %1</source>
            <translation>%1 бастап</translation>
        </message>
        <message>
            <source>under %1</source>
            <translation>%1 дейін</translation>
        </message>
        <message>
            <source>from %1 to %2</source>
            <translation>%1–%2</translation>
        </message>
        <message>
            <source>Exactly %1 is to be inserted.</source>
            <translation>Дәл %1 салу керек.</translation>
        </message>
    </context>
    <context>
        <name>Thanks</name>
        <message>
            <source>Inserted</source>
            <translation>Салынды</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Комиссия</translation>
        </message>
        <message>
            <source>Payment No.</source>
            <translation>Төлем №</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Уақыты</translation>
        </message>
        <message>
            <source>Take a photo of this screen. Questions: %1</source>
            <translation>Экранды суретке түсіріңіз. Сұрақтар: %1</translation>
        </message>
        <message>
            <source>No receipt was printed</source>
            <translation>Чек басылмады</translation>
        </message>
        <message>
            <source>Take your receipt</source>
            <translation>Чекті алыңыз</translation>
        </message>
        <message>
            <source>Printing the receipt</source>
            <translation>Чек басылуда</translation>
        </message>
        <message>
            <source>Touch it to enlarge</source>
            <translation>Үлкейту үшін түртіңіз</translation>
        </message>
        <message>
            <source>You will need it for the refund. Questions: %1</source>
            <translation>Қайтару үшін керек болады. Сұрақтар: %1</translation>
        </message>
        <message>
            <source>Keep it, just in case. Questions: %1</source>
            <translation>Сақтап қойыңыз. Сұрақтар: %1</translation>
        </message>
        <message>
            <source>Keep it until the money arrives. Questions: %1</source>
            <translation>Ақша түскенше сақтаңыз. Сұрақтар: %1</translation>
        </message>
        <message>
            <source>Wait a moment, do not pull the paper</source>
            <translation>Күтіңіз, қағазды тартпаңыз</translation>
        </message>
        <message>
            <source>Show it larger</source>
            <translation>Үлкейту</translation>
        </message>
        <message>
            <source>Show the receipt</source>
            <translation>Чекті көрсету</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Дайын</translation>
        </message>
        <message>
            <source>Same service</source>
            <translation>Сол қызмет</translation>
        </message>
        <message>
            <source>Another service</source>
            <translation>Басқа қызмет</translation>
        </message>
    </context>
    <context>
        <name>Catalogue</name>
        <message>
            <source>Сотовая связь</source>
            <translation>Ұялы байланыс</translation>
        </message>
        <message>
            <source>Интернет, ТВ, телефония</source>
            <translation>Интернет, ТД, телефония</translation>
        </message>
        <message>
            <source>ЖКХ</source>
            <translation>Коммуналдық төлемдер</translation>
        </message>
        <message>
            <source>Банки и переводы на карты</source>
            <translation>Банктер мен карта аударымы</translation>
        </message>
        <message>
            <source>Погашение кредитов</source>
            <translation>Несие өтеу</translation>
        </message>
        <message>
            <source>Займы</source>
            <translation>Қарыздар</translation>
        </message>
        <message>
            <source>Электронные деньги</source>
            <translation>Электрондық ақша</translation>
        </message>
        <message>
            <source>Игры и соцсети</source>
            <translation>Ойындар, әлеум. желілер</translation>
        </message>
        <message>
            <source>Транспорт и парковка</source>
            <translation>Көлік және тұрақ</translation>
        </message>
        <message>
            <source>Штрафы и налоги</source>
            <translation>Айыппұлдар мен салықтар</translation>
        </message>
        <message>
            <source>Благотворительность</source>
            <translation>Қайырымдылық</translation>
        </message>
        <message>
            <source>Каталоги и прямые продажи</source>
            <translation>Каталогтар, тікелей сату</translation>
        </message>
        <message>
            <source>Образование</source>
            <translation>Білім беру</translation>
        </message>
        <message>
            <source>Организации по реквизитам</source>
            <translation>Ұйымдар деректеме бойынша</translation>
        </message>
        <message>
            <source>12 или 14 цифр</source>
            <translation>12 немесе 14 цифр</translation>
        </message>
        <message>
            <source>Начинать с 8 не нужно</source>
            <translation>8-ден бастаудың қажеті жоқ</translation>
        </message>
        <message>
            <source>С кодом города, начинать с 8 не нужно</source>
            <translation>Қала кодымен, 8-ден бастамаңыз</translation>
        </message>
        <message>
            <source>В т.ч. НДС</source>
            <translation>ҚҚС қоса</translation>
        </message>
        <message>
            <source>НДС не облагается</source>
            <translation>ҚҚС салынбайды</translation>
        </message>
        <message>
            <source>Обычный, без доплаты</source>
            <translation>Қалыпты, қосымша төлемсіз</translation>
        </message>
        <message>
            <source>E-mail аккаунта</source>
            <translation>Аккаунт e-mail-ы</translation>
        </message>
        <message>
            <source>ID приёмника</source>
            <translation>Қабылдағыш ID-і</translation>
        </message>
        <message>
            <source>ID страницы</source>
            <translation>Парақша ID-і</translation>
        </message>
        <message>
            <source>Абонентский номер</source>
            <translation>Абонент нөмірі</translation>
        </message>
        <message>
            <source>БИК банка</source>
            <translation>Банк БИК-і</translation>
        </message>
        <message>
            <source>БИК банка получателя</source>
            <translation>Алушы банктің БИК-і</translation>
        </message>
        <message>
            <source>Ваш телефон (необязательно)</source>
            <translation>Телефоныңыз (міндетті емес)</translation>
        </message>
        <message>
            <source>ИНН получателя</source>
            <translation>Алушының ИНН-і</translation>
        </message>
        <message>
            <source>Имя</source>
            <translation>Аты</translation>
        </message>
        <message>
            <source>Имя плательщика</source>
            <translation>Төлеушінің аты</translation>
        </message>
        <message>
            <source>Индекс документа (УИН)</source>
            <translation>Құжат индексі (УИН)</translation>
        </message>
        <message>
            <source>КПП (0 для ИП)</source>
            <translation>КПП (ЖК үшін 0)</translation>
        </message>
        <message>
            <source>Код плательщика</source>
            <translation>Төлеуші коды</translation>
        </message>
        <message>
            <source>Кошелёк</source>
            <translation>Әмиян</translation>
        </message>
        <message>
            <source>Лицевой счёт</source>
            <translation>Дербес шот</translation>
        </message>
        <message>
            <source>Лицевой счёт (со счёта)</source>
            <translation>Дербес шот (түбіртектен)</translation>
        </message>
        <message>
            <source>Лицевой счёт ученика</source>
            <translation>Оқушының дербес шоты</translation>
        </message>
        <message>
            <source>Логин Steam</source>
            <translation>Steam логині</translation>
        </message>
        <message>
            <source>Логин личного кабинета</source>
            <translation>Жеке кабинет логині</translation>
        </message>
        <message>
            <source>НДС</source>
            <translation>ҚҚС</translation>
        </message>
        <message>
            <source>Назначение платежа</source>
            <translation>Төлем мақсаты</translation>
        </message>
        <message>
            <source>Наименование</source>
            <translation>Атауы</translation>
        </message>
        <message>
            <source>Номер договора</source>
            <translation>Шарт нөмірі</translation>
        </message>
        <message>
            <source>Номер карты</source>
            <translation>Карта нөмірі</translation>
        </message>
        <message>
            <source>Номер карты «Стрелка»</source>
            <translation>«Стрелка» картасының нөмірі</translation>
        </message>
        <message>
            <source>Номер карты «Тройка»</source>
            <translation>«Тройка» картасының нөмірі</translation>
        </message>
        <message>
            <source>Номер карты или договора</source>
            <translation>Карта немесе шарт нөмірі</translation>
        </message>
        <message>
            <source>Номер кошелька</source>
            <translation>Әмиян нөмірі</translation>
        </message>
        <message>
            <source>Номер счёта</source>
            <translation>Шот нөмірі</translation>
        </message>
        <message>
            <source>Номер телефона</source>
            <translation>Телефон нөмірі</translation>
        </message>
        <message>
            <source>Номер телефона МГТС</source>
            <translation>МГТС телефон нөмірі</translation>
        </message>
        <message>
            <source>Номер телефона кошелька</source>
            <translation>Әмиянның телефон нөмірі</translation>
        </message>
        <message>
            <source>Период, ММГГГГ</source>
            <translation>Кезең, ААЖЖЖЖ</translation>
        </message>
        <message>
            <source>Показание счётчика (необязательно)</source>
            <translation>Есептегіш көрсеткіші (міндетті емес)</translation>
        </message>
        <message>
            <source>Расчётный счёт</source>
            <translation>Есеп айырысу шоты</translation>
        </message>
        <message>
            <source>Регистрационный номер</source>
            <translation>Тіркеу нөмірі</translation>
        </message>
        <message>
            <source>Срочность</source>
            <translation>Жеделдігі</translation>
        </message>
        <message>
            <source>УИН (номер постановления)</source>
            <translation>УИН (қаулы нөмірі)</translation>
        </message>
        <message>
            <source>УИН или № ИП</source>
            <translation>УИН немесе атқару №</translation>
        </message>
        <message>
            <source>Фамилия</source>
            <translation>Тегі</translation>
        </message>
        <message>
            <source>Фамилия плательщика</source>
            <translation>Төлеушінің тегі</translation>
        </message>
        <message>
            <source>Штрафы ГИБДД</source>
            <translation>ЖҚА айыппұлдары (ГИБДД)</translation>
        </message>
        <message>
            <source>Налоги ФНС (по УИН)</source>
            <translation>Салықтар (ФНС, УИН бойынша)</translation>
        </message>
        <message>
            <source>Долги ФССП</source>
            <translation>Борыштар (ФССП)</translation>
        </message>
        <message>
            <source>Виртуальная карта</source>
            <translation>Виртуалды карта</translation>
        </message>
        <message>
            <source>Школьное питание</source>
            <translation>Мектеп тамағы</translation>
        </message>
        <message>
            <source>Московский паркинг</source>
            <translation>Мәскеу тұрағы</translation>
        </message>
        <message>
            <source>ЖКУ Москва (ЕПД)</source>
            <translation>Мәскеу КШҚ (ЕПД)</translation>
        </message>
        <message>
            <source>Оплата по реквизитам организации</source>
            <translation>Ұйым деректемесі бойынша төлеу</translation>
        </message>
        <message>
            <source>Водоканал</source>
            <translation>Водоканал (су)</translation>
        </message>
        <message>
            <source>Домофон «Цифрал-Сервис»</source>
            <translation>Домофон «Цифрал-Сервис»</translation>
        </message>
        <message>
            <source>Альфа-Банк (перевод на карту)</source>
            <translation>Альфа-Банк (картаға аударым)</translation>
        </message>
        <message>
            <source>Сбербанк (перевод на карту)</source>
            <translation>Сбербанк (картаға аударым)</translation>
        </message>
        <message>
            <source>ВТБ (перевод на счёт)</source>
            <translation>ВТБ (шотқа аударым)</translation>
        </message>
        <message>
            <source>Хоум Кредит (погашение кредита)</source>
            <translation>Хоум Кредит (несие өтеу)</translation>
        </message>
        <message>
            <source>Тройка (Кошелёк карты)</source>
            <translation>Тройка (карта әмияны)</translation>
        </message>
        <message>
            <source>ВКонтакте: голоса</source>
            <translation>ВКонтакте: дауыстар</translation>
        </message>
        <message>
            <source>Фонд «Подари жизнь»</source>
            <translation>«Подари жизнь» қоры</translation>
        </message>
        <message>
            <source>Ростелеком. Домашние услуги</source>
            <translation>Ростелеком. Үй қызметтері</translation>
        </message>
        <message>
            <source>МТС Домашний интернет, ТВ и телефония</source>
            <translation>МТС Үй интернеті, ТД, телефон</translation>
        </message>
        <message>
            <source>Мир танков</source>
            <translation>Танктер әлемі (Мир танков)</translation>
        </message>
        <message>
            <source>Абонент</source>
            <translation>Абонент</translation>
        </message>
        <message>
            <source>К оплате</source>
            <translation>Төленетін сома</translation>
        </message>
    </context>
</TS>
