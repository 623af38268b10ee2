<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_US">
    <context>
        <name>About</name>
        <message>
            <source>About the terminal</source>
            <translation>О терминале</translation>
        </message>
        <message>
            <source>Questions and claims</source>
            <translation>Вопросы и претензии</translation>
        </message>
        <message>
            <source>Terminal number</source>
            <translation>Номер терминала</translation>
        </message>
        <message>
            <source>Payment agent</source>
            <translation>Платёжный агент</translation>
        </message>
        <message>
            <source>Company</source>
            <translation>Компания</translation>
        </message>
        <message>
            <source>Tax No.</source>
            <translation>ИНН</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Адрес</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Телефон</translation>
        </message>
        <message>
            <source>Installed</source>
            <translation>Установлен</translation>
        </message>
        <message>
            <source>If something went wrong</source>
            <translation>Если что-то пошло не так</translation>
        </message>
        <message>
            <source>Call us and tell the terminal number, the payment number from the receipt and the time. Without a receipt the number paid to and the sum are enough: every note is recorded.</source>
            <translation>Позвоните и назовите номер терминала, номер платежа с чека и время. Нет чека? Назовите счёт, который оплачивали, и сумму: каждая купюра записана.</translation>
        </message>
        <message>
            <source>More phones: %1</source>
            <translation>Ещё телефоны: %1</translation>
        </message>
        <message>
            <source>Demo stand: payments are not real</source>
            <translation>Демо-стенд: платежи ненастоящие</translation>
        </message>
        <message>
            <source>Who is paid</source>
            <translation>Получатели платежей</translation>
        </message>
    </context>
    <context>
        <name>ActionBar</name>
        <message>
            <source>Back</source>
            <translation>Назад</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Меню</translation>
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
            <translation>Помощь по телефону</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Язык</translation>
        </message>
    </context>
    <context>
        <name>Ask</name>
        <message>
            <source>%1 are inside.</source>
            <translation>Внутри %1.</translation>
        </message>
    </context>
    <context>
        <name>AskSheet</name>
        <message>
            <source>Are you still there?</source>
            <translation>Вы ещё здесь?</translation>
        </message>
        <message>
            <source>I am here</source>
            <translation>Я здесь</translation>
        </message>
    </context>
    <context>
        <name>Attract</name>
        <message>
            <source>Touch the screen to begin</source>
            <translation>Коснитесь экрана, чтобы начать</translation>
        </message>
        <message>
            <source>Pay for anything with cash</source>
            <translation>Оплата услуг наличными</translation>
        </message>
        <message>
            <source>All services</source>
            <translation>Все услуги</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>No connection: payments go out later</source>
            <translation>Нет связи: платёж уйдёт позже</translation>
        </message>
        <message>
            <source>No receipts now: shown on the screen</source>
            <translation>Чек не печатается: покажем на экране</translation>
        </message>
        <message>
            <source>No connection</source>
            <translation>Нет связи</translation>
        </message>
        <message>
            <source>No receipt</source>
            <translation>Без чека</translation>
        </message>
    </context>
    <context>
        <name>Categories</name>
        <message>
            <source>All services</source>
            <translation>Все услуги</translation>
        </message>
    </context>
    <context>
        <name>Check</name>
        <message>
            <source>Check a payment</source>
            <translation>Проверить платёж</translation>
        </message>
        <message>
            <source>Phone or account that was paid</source>
            <translation>Телефон или счёт, который оплатили</translation>
        </message>
        <message>
            <source>When, give or take three days</source>
            <translation>Когда, плюс-минус три дня</translation>
        </message>
        <message>
            <source>A day earlier</source>
            <translation>На день раньше</translation>
        </message>
        <message>
            <source>A day later</source>
            <translation>На день позже</translation>
        </message>
        <message>
            <source>Type the whole number as it was paid. Only payments made on this terminal are found.</source>
            <translation>Наберите весь номер, как при оплате. Найдутся платежи, сделанные на этом терминале.</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Найти</translation>
        </message>
        <message>
            <source>Today, %1</source>
            <translation>Сегодня, %1</translation>
        </message>
        <message>
            <source>Credited</source>
            <translation>Зачислен</translation>
        </message>
        <message>
            <source>On its way</source>
            <translation>В пути</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Ждёт отправки</translation>
        </message>
        <message>
            <source>Not credited, call us</source>
            <translation>Не зачислен, позвоните</translation>
        </message>
        <message>
            <source>Being looked into</source>
            <translation>Сумма выясняется</translation>
        </message>
    </context>
    <context>
        <name>Confirm</name>
        <message>
            <source>Check before you pay</source>
            <translation>Проверьте перед оплатой</translation>
        </message>
        <message>
            <source>Compare every digit: money sent elsewhere is hard to bring back</source>
            <translation>Сверьте каждую цифру: с чужого счёта деньги вернуть трудно</translation>
        </message>
        <message>
            <source>Receiver</source>
            <translation>Получатель платежа</translation>
        </message>
        <message>
            <source>Phone %1</source>
            <translation>Телефон %1</translation>
        </message>
        <message>
            <source>Demo: the receiver's details are invented</source>
            <translation>Демо: реквизиты получателя вымышлены</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Изменить</translation>
        </message>
        <message>
            <source>Right, insert cash</source>
            <translation>Верно, внести деньги</translation>
        </message>
        <message>
            <source>The provider knows this account. Compare every digit all the same</source>
            <translation>Поставщик подтвердил этот счёт. Всё же сверьте каждую цифру</translation>
        </message>
        <message>
            <source>The provider did not check this account. Compare every digit</source>
            <translation>Поставщик этот счёт не проверил. Сверьте каждую цифру</translation>
        </message>
        <message>
            <source>To be paid</source>
            <translation>К оплате</translation>
        </message>
    </context>
    <context>
        <name>Enquiry</name>
        <message>
            <source>The provider does not answer</source>
            <translation>Поставщик не отвечает</translation>
        </message>
        <message>
            <source>Without its answer this service cannot be paid. Try again now or later.</source>
            <translation>Без его ответа эту услугу оплатить нельзя. Повторите сейчас или позже.</translation>
        </message>
        <message>
            <source>Asking the provider</source>
            <translation>Спрашиваем поставщика</translation>
        </message>
        <message>
            <source>No money is taken yet.</source>
            <translation>Деньги пока не принимаются.</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Изменить</translation>
        </message>
        <message>
            <source>Ask again</source>
            <translation>Спросить ещё раз</translation>
        </message>
    </context>
    <context>
        <name>Entry</name>
        <message>
            <source>Skip</source>
            <translation>Пропустить</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Дальше</translation>
        </message>
        <message>
            <source>Correct the field to go on</source>
            <translation>Исправьте номер</translation>
        </message>
        <message>
            <source>Field %1 of %2</source>
            <translation>Поле %1 из %2</translation>
        </message>
        <message>
            <source>Check the number: it has another form</source>
            <translation>Номер не подходит. Проверьте его</translation>
        </message>
        <message>
            <source>A digit is wrong. Check the number</source>
            <translation>В номере ошибка. Проверьте цифры</translation>
        </message>
        <message>
            <source>Start without 8: the code comes first</source>
            <translation>Без 8: начните сразу с кода</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Выберите ответ</translation>
        </message>
        <message>
            <source>Fill in the field</source>
            <translation>Заполните поле</translation>
        </message>
        <message>
            <source>The provider needs another form</source>
            <translation>Поставщик ждёт номер другого вида</translation>
        </message>
        <message>
            <source>The provider does not know this account</source>
            <translation>Поставщик такого счёта не знает</translation>
        </message>
        <message>
            <source>The provider refuses one of the fields</source>
            <translation>Поставщик не принял одно из полей</translation>
        </message>
        <message>
            <source>The provider says: it is not in use</source>
            <translation>Этот счёт у поставщика закрыт</translation>
        </message>
        <message>
            <source>The provider takes no payments to it</source>
            <translation>Поставщик на этот счёт не принимает</translation>
        </message>
        <message>
            <source>Nothing is to be paid there now</source>
            <translation>Сейчас платить там нечего</translation>
        </message>
        <message>
            <source>The sum is too large for cash here</source>
            <translation>Эту сумму наличными здесь не принять</translation>
        </message>
        <message>
            <source>Choose a sum</source>
            <translation>Выберите сумму</translation>
        </message>
        <message>
            <source>Sum to be credited</source>
            <translation>Сумма к зачислению</translation>
        </message>
        <message>
            <source>This looks like another operator's number</source>
            <translation>Похоже на номер другого оператора</translation>
        </message>
        <message>
            <source>Choose the operator yourself</source>
            <translation>Выберите оператора сами</translation>
        </message>
        <message>
            <source>The number tells the operator</source>
            <translation>Оператора найдём по номеру</translation>
        </message>
        <message>
            <source>Choose the operator</source>
            <translation>Выбрать оператора</translation>
        </message>
        <message>
            <source>Change to %1</source>
            <translation>Сменить на %1</translation>
        </message>
        <message>
            <source>Operator not known</source>
            <translation>Оператор неизвестен</translation>
        </message>
    </context>
    <context>
        <name>Found</name>
        <message>
            <source>Payments that were found</source>
            <translation>Найденные платежи</translation>
        </message>
        <message>
            <source>No such payment was found</source>
            <translation>Такого платежа не нашлось</translation>
        </message>
        <message>
            <source>Printing</source>
            <translation>Печатаем</translation>
        </message>
        <message>
            <source>Not printed</source>
            <translation>Не напечатана</translation>
        </message>
        <message>
            <source>Take the copy</source>
            <translation>Возьмите чек</translation>
        </message>
        <message>
            <source>Print a copy</source>
            <translation>Копия чека</translation>
        </message>
        <message>
            <source>Check the number and the day. A payment made on another terminal is found by its receipt only. Help by phone: %1</source>
            <translation>Проверьте номер и день. Платёж с другого терминала найдём только по чеку. Помощь по телефону: %1</translation>
        </message>
    </context>
    <context>
        <name>Home</name>
        <message>
            <source>What shall we pay?</source>
            <translation>Что оплатим?</translation>
        </message>
        <message>
            <source>Top up with cash by phone number</source>
            <translation>Пополнить наличными по номеру телефона</translation>
        </message>
        <message>
            <source>All services</source>
            <translation>Все услуги</translation>
        </message>
        <message>
            <source>About the terminal</source>
            <translation>О терминале</translation>
        </message>
        <message>
            <source>Notes only, no change</source>
            <translation>Только купюры, сдачи нет</translation>
        </message>
        <message>
            <source>Notes from %1 to %2, no change</source>
            <translation>Купюры от %1 до %2, сдачи нет</translation>
        </message>
        <message>
            <source>Find a service, company or tax No.</source>
            <translation>Найти услугу, компанию или ИНН</translation>
        </message>
        <message>
            <source>Check a payment</source>
            <translation>Проверить платёж</translation>
        </message>
        <message>
            <source>Mobile phone</source>
            <translation>Мобильный телефон</translation>
        </message>
    </context>
    <context>
        <name>Keypad</name>
        <message>
            <source>Clear</source>
            <translation>Стереть</translation>
        </message>
        <message>
            <source>Erase one</source>
            <translation>Стереть один знак</translation>
        </message>
    </context>
    <context>
        <name>LanguageSheet</name>
        <message>
            <source>Usual colours</source>
            <translation>Обычные цвета</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Высокий контраст</translation>
        </message>
        <message>
            <source>Usual letters</source>
            <translation>Обычный шрифт</translation>
        </message>
        <message>
            <source>Large letters</source>
            <translation>Крупный шрифт</translation>
        </message>
        <message>
            <source>Whole screen</source>
            <translation>На весь экран</translation>
        </message>
        <message>
            <source>Lower buttons</source>
            <translation>Кнопки ниже</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Закрыть</translation>
        </message>
    </context>
    <context>
        <name>LetterKeyboard</name>
        <message>
            <source>Capital letters</source>
            <translation>Заглавные буквы</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Пробел</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Стереть</translation>
        </message>
        <message>
            <source>Erase one</source>
            <translation>Стереть один знак</translation>
        </message>
    </context>
    <context>
        <name>List</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 из %2</translation>
        </message>
    </context>
    <context>
        <name>Money</name>
        <message>
            <source>Inserted</source>
            <translation>Внесено</translation>
        </message>
        <message>
            <source>To be credited</source>
            <translation>Поступит</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Купюры</translation>
        </message>
        <message>
            <source>Put the first note into the slot below the screen</source>
            <translation>Вставьте первую купюру в приёмник</translation>
        </message>
        <message>
            <source>If you walk away, the money still goes to this account.</source>
            <translation>Если уйти, деньги всё равно поступят на этот счёт.</translation>
        </message>
        <message>
            <source>One moment: the last note</source>
            <translation>Минуту: последняя купюра</translation>
        </message>
        <message>
            <source>The note is being checked</source>
            <translation>Купюра проверяется</translation>
        </message>
        <message>
            <source>The maximum is reached</source>
            <translation>Больше внести нельзя</translation>
        </message>
        <message>
            <source>Insert notes one by one</source>
            <translation>Вставляйте купюры по одной</translation>
        </message>
        <message>
            <source>We accept</source>
            <translation>Принимаем</translation>
        </message>
        <message>
            <source>No more notes are accepted</source>
            <translation>Достигнут максимум, приём закрыт</translation>
        </message>
        <message>
            <source>Notes are not accepted now</source>
            <translation>Купюры сейчас не принимаются</translation>
        </message>
        <message>
            <source>Wait for the note</source>
            <translation>Подождите: купюра проверяется</translation>
        </message>
        <message>
            <source>Insert %1 or more</source>
            <translation>Внесите от %1</translation>
        </message>
        <message>
            <source>Insert %1 more</source>
            <translation>Внесите ещё %1</translation>
        </message>
        <message>
            <source>No change. The maximum is %1.</source>
            <translation>Сдачи нет. Максимум %1.</translation>
        </message>
        <message>
            <source>No change. Up to %1 can be inserted.</source>
            <translation>Сдачи нет. Можно внести до %1.</translation>
        </message>
        <message>
            <source>No change. %1 more can be inserted.</source>
            <translation>Сдачи нет. Можно внести ещё %1.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Оплатить</translation>
        </message>
        <message>
            <source>Pay %1</source>
            <translation>Оплатить %1</translation>
        </message>
        <message>
            <source>To be paid</source>
            <translation>К оплате</translation>
        </message>
    </context>
    <context>
        <name>NoReceipt</name>
        <message>
            <source>There will be no printed receipt</source>
            <translation>Чек не будет напечатан</translation>
        </message>
        <message>
            <source>The printer does not work now. The payment goes through; its number and the phone for questions stay on the screen: write them down or take a photo.</source>
            <translation>Принтер сейчас не работает. Платёж пройдёт; его номер и телефон для вопросов останутся на экране: запишите их или сфотографируйте.</translation>
        </message>
        <message>
            <source>A copy of the receipt can be printed at this terminal later.</source>
            <translation>Копию чека можно напечатать на этом терминале позже.</translation>
        </message>
        <message>
            <source>Pay without a receipt</source>
            <translation>Оплатить без чека</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>Вернуться</translation>
        </message>
    </context>
    <context>
        <name>Note</name>
        <message>
            <source>checking</source>
            <translation>проверка</translation>
        </message>
        <message>
            <source>Banknote</source>
            <translation>Купюра</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>принята</translation>
        </message>
        <message>
            <source>returned</source>
            <translation>возвращена</translation>
        </message>
        <message>
            <source>in question</source>
            <translation>спорная</translation>
        </message>
        <message>
            <source>Returned: not recognised. Smooth it out and try again</source>
            <translation>Возвращена: не распознана. Расправьте её и повторите</translation>
        </message>
        <message>
            <source>Returned: such notes are not accepted here</source>
            <translation>Возвращена: такие купюры не принимаем</translation>
        </message>
        <message>
            <source>Returned: over the maximum of %1</source>
            <translation>Возвращена: больше максимума %1</translation>
        </message>
        <message>
            <source>Returned: the payment was being finished</source>
            <translation>Возвращена: платёж уже завершался</translation>
        </message>
        <message>
            <source>Returned by the machine. Try again</source>
            <translation>Возвращена приёмником. Попробуйте ещё раз</translation>
        </message>
        <message>
            <source>Returned. Take the note</source>
            <translation>Возвращена. Заберите купюру</translation>
        </message>
    </context>
    <context>
        <name>OutOfService</name>
        <message>
            <source>A short break</source>
            <translation>Небольшой перерыв</translation>
        </message>
        <message>
            <source>The terminal takes no payments now</source>
            <translation>Терминал временно не принимает платежи</translation>
        </message>
        <message>
            <source>Questions and claims</source>
            <translation>Вопросы и претензии</translation>
        </message>
        <message>
            <source>Terminal number</source>
            <translation>Номер терминала</translation>
        </message>
        <message>
            <source>The screen changes by itself as soon as the terminal works again.</source>
            <translation>Экран сменится сам, когда терминал снова заработает.</translation>
        </message>
    </context>
    <context>
        <name>Pager</name>
        <message>
            <source>Previous page</source>
            <translation>Предыдущая страница</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Следующая страница</translation>
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
            <translation>Не часть терминала: изображает мир вокруг него</translation>
        </message>
        <message>
            <source>Insert a banknote</source>
            <translation>Вставить купюру</translation>
        </message>
        <message>
            <source>Counterfeit note</source>
            <translation>Фальшивая купюра</translation>
        </message>
        <message>
            <source>Mishaps</source>
            <translation>Неприятности</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Связь с сервером</translation>
        </message>
        <message>
            <source>connected</source>
            <translation>есть</translation>
        </message>
        <message>
            <source>cut</source>
            <translation>оборвана</translation>
        </message>
        <message>
            <source>Terminal's power</source>
            <translation>Питание терминала</translation>
        </message>
        <message>
            <source>on</source>
            <translation>включено</translation>
        </message>
        <message>
            <source>cut, touch to switch on</source>
            <translation>нет, включить</translation>
        </message>
        <message>
            <source>Receipt paper</source>
            <translation>Чековая лента</translation>
        </message>
        <message>
            <source>loaded</source>
            <translation>заправлена</translation>
        </message>
        <message>
            <source>out</source>
            <translation>закончилась</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Состояние</translation>
        </message>
        <message>
            <source>Acceptor</source>
            <translation>Приёмник</translation>
        </message>
        <message>
            <source>In the cassette</source>
            <translation>В кассете</translation>
        </message>
        <message>
            <source>%1 pcs, %2</source>
            <translation>%1 шт., %2</translation>
        </message>
        <message>
            <source>Payments at the backend</source>
            <translation>Платежи на сервере</translation>
        </message>
        <message>
            <source>No payments at the backend yet</source>
            <translation>Платежей на сервере пока нет</translation>
        </message>
        <message>
            <source>The last receipt will be here</source>
            <translation>Здесь будет последний чек</translation>
        </message>
    </context>
    <context>
        <name>Plurals</name>
        <message numerus="yes">
            <source>%n digit(s) left</source>
            <translation>
                <numerusform>Осталась %n цифра</numerusform>
                <numerusform>Осталось %n цифры</numerusform>
                <numerusform>Осталось %n цифр</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n character(s) left</source>
            <translation>
                <numerusform>Остался %n знак</numerusform>
                <numerusform>Осталось %n знака</numerusform>
                <numerusform>Осталось %n знаков</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Home in %n s</source>
            <translation>
                <numerusform>В меню через %n с</numerusform>
                <numerusform>В меню через %n с</numerusform>
                <numerusform>В меню через %n с</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Paid by itself in %n s</source>
            <translation>
                <numerusform>Завершение через %n с</numerusform>
                <numerusform>Завершение через %n с</numerusform>
                <numerusform>Завершение через %n с</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>In %n s the start screen comes back and what you typed is erased.</source>
            <translation>
                <numerusform>Через %n секунду вернёмся к началу и сотрём то, что вы ввели.</numerusform>
                <numerusform>Через %n секунды вернёмся к началу и сотрём то, что вы ввели.</numerusform>
                <numerusform>Через %n секунд вернёмся к началу и сотрём то, что вы ввели.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>In %n s they will be paid to the account you confirmed.</source>
            <translation>
                <numerusform>Через %n секунду деньги уйдут на счёт, который вы подтвердили.</numerusform>
                <numerusform>Через %n секунды деньги уйдут на счёт, который вы подтвердили.</numerusform>
                <numerusform>Через %n секунд деньги уйдут на счёт, который вы подтвердили.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Processing</name>
        <message>
            <source>Making your payment</source>
            <translation>Проводим платёж</translation>
        </message>
        <message>
            <source>The money is counted and recorded. The receipt comes next.</source>
            <translation>Деньги посчитаны и записаны. Сейчас будет чек.</translation>
        </message>
    </context>
    <context>
        <name>ProgressLine</name>
        <message>
            <source>Please wait</source>
            <translation>Подождите</translation>
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
            <translation>Терминал сейчас не работает</translation>
        </message>
        <message>
            <source>%1 are inside and will be paid as you confirmed</source>
            <translation>Внутри %1: поступят на подтверждённый вами счёт</translation>
        </message>
        <message>
            <source>The terminal is starting</source>
            <translation>Терминал включается</translation>
        </message>
        <message>
            <source>This takes less than a minute.</source>
            <translation>Это займёт меньше минуты.</translation>
        </message>
        <message>
            <source>Banknotes cannot be accepted</source>
            <translation>Не работает приём купюр</translation>
        </message>
        <message>
            <source>The note acceptor is out of order. Please use another terminal.</source>
            <translation>Приёмник купюр неисправен. Воспользуйтесь другим терминалом.</translation>
        </message>
        <message>
            <source>Cash is being collected</source>
            <translation>Идёт инкассация</translation>
        </message>
        <message>
            <source>The terminal is being serviced</source>
            <translation>Идёт обслуживание терминала</translation>
        </message>
        <message>
            <source>Please wait a few minutes.</source>
            <translation>Подождите, пожалуйста, несколько минут.</translation>
        </message>
        <message>
            <source>The terminal is full of banknotes</source>
            <translation>Терминал заполнен купюрами</translation>
        </message>
        <message>
            <source>It will work again after cash collection.</source>
            <translation>Он заработает после инкассации.</translation>
        </message>
        <message>
            <source>Receipts cannot be printed</source>
            <translation>Не работает печать чеков</translation>
        </message>
        <message>
            <source>We take no money without a receipt. Please use another terminal.</source>
            <translation>Без чека деньги не принимаем. Воспользуйтесь другим терминалом.</translation>
        </message>
        <message>
            <source>Receipt paper has run out</source>
            <translation>Закончилась чековая лента</translation>
        </message>
        <message>
            <source>Payments cannot be recorded</source>
            <translation>Терминал не может записать платёж</translation>
        </message>
        <message>
            <source>Your money is safe: we take none until this is repaired.</source>
            <translation>Пока это не исправят, мы не принимаем деньги.</translation>
        </message>
        <message>
            <source>The last payment is being finished</source>
            <translation>Завершаем предыдущий платёж</translation>
        </message>
        <message>
            <source>Please wait a little.</source>
            <translation>Подождите немного.</translation>
        </message>
        <message>
            <source>The terminal is switching off</source>
            <translation>Терминал выключается</translation>
        </message>
        <message>
            <source>Please use another terminal.</source>
            <translation>Воспользуйтесь другим терминалом.</translation>
        </message>
    </context>
    <context>
        <name>Result</name>
        <message>
            <source>Paid</source>
            <translation>Оплачено</translation>
        </message>
        <message>
            <source>The money arrives within a minute</source>
            <translation>Деньги поступят за минуту</translation>
        </message>
        <message>
            <source>The money has arrived</source>
            <translation>Деньги зачислены</translation>
        </message>
        <message>
            <source>Payment accepted</source>
            <translation>Платёж принят</translation>
        </message>
        <message>
            <source>It will be sent as soon as there is a connection</source>
            <translation>Будет отправлен, как только появится связь</translation>
        </message>
        <message>
            <source>The payment was refused</source>
            <translation>Платёж не прошёл</translation>
        </message>
        <message>
            <source>Your money is kept safe. Call us: we will return it</source>
            <translation>Деньги не пропали: позвоните, и мы их вернём</translation>
        </message>
        <message>
            <source>%1 are being checked. Keep the receipt, call us</source>
            <translation>Уточняем купюру: %1. Сохраните чек и позвоните нам</translation>
        </message>
        <message>
            <source>The sum is being looked into</source>
            <translation>Сумма выясняется</translation>
        </message>
        <message>
            <source>Your money is kept safe. You may call us</source>
            <translation>Деньги в сохранности. Можно позвонить нам</translation>
        </message>
    </context>
    <context>
        <name>Roster</name>
        <message>
            <source>For whom we take payments</source>
            <translation>Для кого мы принимаем платежи</translation>
        </message>
        <message>
            <source>Tax No. %1</source>
            <translation>ИНН %1</translation>
        </message>
    </context>
    <context>
        <name>Search</name>
        <message>
            <source>Search</source>
            <translation>Поиск</translation>
        </message>
        <message>
            <source>Name, service or tax number</source>
            <translation>Название, услуга или ИНН</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Стереть</translation>
        </message>
        <message>
            <source>Nothing was found. Try another word, or call us: %1</source>
            <translation>Ничего не нашлось. Попробуйте другое слово или позвоните: %1</translation>
        </message>
        <message>
            <source>Begin to type: what fits appears here. A slip or the wrong layout does not matter.</source>
            <translation>Начните набирать: подходящее появится здесь. Опечатка или другая раскладка не помешают.</translation>
        </message>
    </context>
    <context>
        <name>SearchKeyboard</name>
        <message>
            <source>Erase one</source>
            <translation>Стереть один знак</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Пробел</translation>
        </message>
    </context>
    <context>
        <name>SlipSheet</name>
        <message>
            <source>Your receipt</source>
            <translation>Ваш чек</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Закрыть</translation>
        </message>
    </context>
    <context>
        <name>Starting</name>
        <message>
            <source>The terminal is starting</source>
            <translation>Терминал включается</translation>
        </message>
        <message>
            <source>Checking devices and unfinished payments</source>
            <translation>Проверяем устройства и незавершённые платежи</translation>
        </message>
        <message>
            <source>Records of payments</source>
            <translation>Журнал платежей</translation>
        </message>
        <message>
            <source>Note acceptor</source>
            <translation>Приёмник купюр</translation>
        </message>
        <message>
            <source>Receipt printer</source>
            <translation>Печать чеков</translation>
        </message>
        <message>
            <source>Unfinished payments</source>
            <translation>Незавершённые платежи</translation>
        </message>
    </context>
    <context>
        <name>StepBar</name>
        <message>
            <source>Step %1 of 4</source>
            <translation>Шаг %1 из 4</translation>
        </message>
        <message>
            <source>Service</source>
            <translation>Услуга</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Номер</translation>
        </message>
        <message>
            <source>Cash</source>
            <translation>Наличные</translation>
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
            <translation>Платёж от %1 до %2.</translation>
        </message>
        <message>
            <source>From %1 to %2, no change.</source>
            <translation>От %1 до %2, сдачи нет.</translation>
        </message>
        <message>
            <source>No change: all you insert is paid.</source>
            <translation>Сдачи нет: зачислим всю сумму.</translation>
        </message>
        <message>
            <source>No change: all you insert is paid, less the fee.</source>
            <translation>Сдачи нет: зачислим всё, кроме комиссии.</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Комиссия</translation>
        </message>
        <message>
            <source>No fee</source>
            <translation>Без комиссии</translation>
        </message>
        <message>
            <source>Fee %1</source>
            <translation>Комиссия %1</translation>
        </message>
        <message>
            <source>no fee</source>
            <translation>без комиссии</translation>
        </message>
        <message>
            <source>, at least %1</source>
            <translation>, не меньше %1</translation>
        </message>
        <message>
            <source>, at most %1</source>
            <translation>, не больше %1</translation>
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
            <translation>Комиссия зависит от суммы</translation>
        </message>
        <message>
            <source>from %1</source>
            <translation>от %1</translation>
        </message>
        <message>
            <source>under %1</source>
            <translation>до %1</translation>
        </message>
        <message>
            <source>from %1 to %2</source>
            <translation>от %1 до %2</translation>
        </message>
        <message>
            <source>Exactly %1 is to be inserted.</source>
            <translation>Нужно внести ровно %1.</translation>
        </message>
    </context>
    <context>
        <name>Thanks</name>
        <message>
            <source>Inserted</source>
            <translation>Внесено</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Комиссия</translation>
        </message>
        <message>
            <source>Payment No.</source>
            <translation>Платёж №</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Время</translation>
        </message>
        <message>
            <source>Take a photo of this screen. Questions: %1</source>
            <translation>Сфотографируйте экран. Вопросы: %1</translation>
        </message>
        <message>
            <source>No receipt was printed</source>
            <translation>Чек не напечатан</translation>
        </message>
        <message>
            <source>Take your receipt</source>
            <translation>Возьмите чек</translation>
        </message>
        <message>
            <source>Printing the receipt</source>
            <translation>Печатаем чек</translation>
        </message>
        <message>
            <source>Touch it to enlarge</source>
            <translation>Коснитесь, чтобы увеличить</translation>
        </message>
        <message>
            <source>You will need it for the refund. Questions: %1</source>
            <translation>Пригодится для возврата. Вопросы: %1</translation>
        </message>
        <message>
            <source>Keep it, just in case. Questions: %1</source>
            <translation>Сохраните на всякий случай. Вопросы: %1</translation>
        </message>
        <message>
            <source>Keep it until the money arrives. Questions: %1</source>
            <translation>Сохраните до зачисления. Вопросы: %1</translation>
        </message>
        <message>
            <source>Wait a moment, do not pull the paper</source>
            <translation>Подождите, не тяните бумагу</translation>
        </message>
        <message>
            <source>Show it larger</source>
            <translation>Крупнее</translation>
        </message>
        <message>
            <source>Show the receipt</source>
            <translation>Показать чек</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Готово</translation>
        </message>
        <message>
            <source>Same service</source>
            <translation>Та же услуга</translation>
        </message>
        <message>
            <source>Another service</source>
            <translation>Другая услуга</translation>
        </message>
    </context>
</TS>
