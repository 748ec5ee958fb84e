# Texts for members, in Arabic as Moroccan administrations write it. fr.ftl has the same names.

## On several screens
app-name = خدمات المؤسسة
foundation = مؤسسة الأعمال الاجتماعية
ministry = وزارة الاقتصاد والمالية
language-name = العربية
language-label = اللغة
back = رجوع
close = إغلاق
show-password = إظهار كلمة السر
hide-password = إخفاء كلمة السر
copy = نسخ
loading = جارٍ التحميل
try-again = إعادة المحاولة
services = الخدمات
requests = طلباتي
choose = اختر
search = ابحث
profile = حسابي
charter = ميثاق الاستعمال
devices = أجهزتي
clear-search = مسح البحث
no-city = لا نتيجة لهذا الاسم. جرّب حروفًا أقل.
calendar = اختيار اليوم من التقويم
copied = تم النسخ
problem-icon = تنبيه
done = تم
working = جارٍ العمل
masked = مخفي
refresh = تحديث

## Dates: month names as Morocco writes them
month = { $number ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] ماي
    [6] يونيو
    [7] يوليوز
    [8] غشت
    [9] شتنبر
    [10] أكتوبر
    [11] نونبر
   *[12] دجنبر
  }
date-long = { $day } { $month } { $year }
date-short = { $day } { $month }
date-and-time = { $date } على الساعة { $time }
days-left = { $days ->
    [0] آخر يوم
    [one] بقي يوم واحد
    [two] بقي يومان
    [few] بقيت { $days } أيام
    [many] بقي { $days } يومًا
   *[other] بقي { $days } يوم
  }

## The four steps of a first access
step = الخطوة { $now } من { $of } · { $name }
step-ask = معلوماتك
step-mail = الرسالة والدخول
step-charter = اقرأ ثم اختر
step-password = الأخيرة

## Sign-in (guide steps 1, 2 and 5)
title-sign-in = تسجيل الدخول
first-time = أول مرة هنا؟ أو نسيت كلمة السر؟
first-time-text = نرسل إليك كلمة سر مؤقتة عبر البريد.
action-ask-password = طلب كلمة السر
action-sign-in = الدخول
field-password = كلمة السر
field-captcha = لست روبوتًا

## Signing in again, in the space
title-sign-in-again = متابعة الدخول
intro-sign-in-again = انتهت مدة الدخول ولم يضع شيء. أدخل كلمة سر الرقم { $ppr }.
notice-other-member = لست صاحب هذا الرقم، أو نسيت كلمة السر؟ أغلق، ثم سجّل الخروج من «حسابي».
notice-work-kept = طلباتك التي لم تُرسل محفوظة مشفرة في هذا الهاتف 30 يومًا، لك وحدك: تجدها عند دخولك من جديد.
notice-session-revoked = أُغلق دخولك من هذا الهاتف: منك من جهاز آخر، أو من المؤسسة. ما لم يُرسل بعد يبقى مختومًا في هذا الهاتف ثلاثين يومًا، ويعود حين تدخل.
notice-sign-in-again = انتهت مدة الدخول. ما تراه محفوظ في هاتفك.
action-sign-in-again = الدخول من جديد

## Password request (guide step 3)
title-password-request = طلب كلمة السر
action-send = إرسال
field-kind = أنا
option-active = موظف
option-retired = متقاعد
field-ppr = رقم التأجير
field-own-ppr = { field-ppr }
help-ppr = تجده في ورقة الأداء، أو في سند المعاش إن كنت متقاعدًا.
field-cin = رقم بطاقة التعريف الوطنية
field-email-active = البريد الإلكتروني المهني
help-email-active = إليه نرسل كلمة السر، فتأكد من كل حرف.
field-email-retired = البريد الإلكتروني
help-email-retired = العنوان المسجل لدى المؤسسة. إن لم يكن لديها عنوان، فاقترح عنوانك.
field-pension = رقم المعاش
help-pension = تجده في وثائق صندوق التقاعد.
notice-password-request = تُستعمل هذه المعلومات للتعرف عليك وإرسال كلمة السر، ولا يطلع عليها إلا موظفو المؤسسة المكلفون بالخدمات. لك حق الاطلاع عليها وتصحيحها والتعرض على استعمالها (القانون رقم 09.08).

## Waiting for the mail (guide step 4)
title-mail-sent = الرسالة في الطريق إليك
sent-to = أُرسلت ({ $time }) إلى
if-match = إذا تطابقت هذه المعلومات مع سجلاتنا، فستصلك رسالة تحمل كلمة السر.
action-correct-address = تصحيح المعلومات
action-have-password = وصلتني كلمة السر
action-ask-again = طلب رسالة أخرى
ask-again-after = طلب رسالة أخرى بعد { $time }
mail-hint-time = تصل عادة في أقل من 5 دقائق.
mail-hint-spam = انظر أيضًا في البريد غير المرغوب فيه (Spam).
mail-hint-key = كلمة السر صالحة 24 ساعة، إلى أن تختار كلمة سرك.
mail-hint-late = لم تصلك بعد؟ راجع المعلومات أعلاه حرفًا حرفًا، ثم صحّحها أو اتصل بالمؤسسة.
mail-hint-retired = إن لم يكن للمؤسسة عنوان لك، فهي تؤكد هذا العنوان أولًا، ثم تصلك الرسالة دون طلب جديد.

## The charter (guide step 6)
charter-version = الإصدار { $version }
action-read-on = متابعة القراءة
action-accept = أقبل
action-refuse = لا أقبل
charter-read-through = وصلت إلى نهاية الميثاق: جوابك تجده تحت آخر النص.
question-refuse = ألا تقبل الميثاق؟
question-refuse-text = بدون قبول الميثاق لا يمكن استعمال الخدمات. سيُسجَّل خروجك، ويمكنك أن تعود بكلمة السر نفسها فتقرأه وتقبله.
action-refuse-charter = لا أقبل، سجّل خروجي
action-keep-reading = العودة إلى الميثاق
charter-accepted = قبلتَه يوم { $date }

## The new password (guide step 7)
title-new-password = كلمة سر جديدة
intro-new-password = اختر كلمة سر لك وحدك. كلمة السر التي وصلتك بالبريد لن تصلح بعد ذلك.
field-new = كلمة السر الجديدة
help-new = جملة قصيرة تُحفظ أسهل من كلمة معقدة.
field-again = أعد كتابتها
action-change-password = تغيير كلمة السر
rule-length = 12 حرفًا على الأقل
rule-identifiers = ليس فيها رقم التأجير ولا البطاقة ولا المعاش ولا العنوان
rule-common = ليست من الكلمات الشائعة
rule-new = غير الكلمة القديمة
strength-weak = سهلة التخمين
strength-fair = مقبولة
strength-good = جيدة
strength-strong = جيدة جدًا
title-change-password = تغيير كلمة السر
intro-change-password = سيُسجَّل خروجك من أجهزتك الأخرى.
field-current = كلمة السر الحالية
password-changed = تم تغيير كلمة السر.

## Services (guide step 8)
title-services = الخدمات
search-hint = ابحث عن خدمة
category-all = الكل
category-retirement = التقاعد
category-health = الصحة
category-family = الأسرة
category-housing = السكن
category-travel = السفر
category-credit = القروض
category-culture = الثقافة والترفيه
group-open = مفتوحة الآن
group-announced = معلن عنها
group-closed = مغلقة
group-not-for-you = لمنخرطين آخرين
paper-circular = دورية { $number }
paper-notice = إعلان { $number }
paper-label = المرجع
until = إلى { $date }
all-year = طيلة السنة
opens-on = تفتح { $date }
opens-later = تفتح قريبًا
closed-on = أُغلقت { $date }
closed = مغلقة
open = مفتوحة
deadline = آخر أجل
opening = تاريخ الفتح
amount = المبلغ
documents = حضّر هذه الوثائق
action-plus = تقديم طلب
plus-for = تقديم طلب: { $service }
your-request = طلبك لهذه الخدمة
your-request-queued = ينتظر الإرسال
your-request-filed = رقم { $number }، أُودع يوم { $date }
unfinished = طلب لم يكتمل: { $service }
welcome = تم: لك الآن كلمة سر خاصة بك، وقبلتَ الميثاق. اختر خدمة والمس «+» لتقديم طلبك.
why-announced = لم تُفتح هذه الخدمة بعد. تفتح بعد صدور دوريتها أو إعلانها.
why-closed = انتهى أجل تقديم الطلبات لهذه الخدمة.
for-active = للموظفين
for-retired = للمتقاعدين
not-for-you = ليست لك
why-for-active = هذه الخدمة خاصة بالموظفين.
why-for-retired = هذه الخدمة خاصة بالمتقاعدين.
why-not-for-you = هذه الخدمة لا تعنيك.
action-circular = قراءة الدورية
action-notice = قراءة الإعلان
pdf-size = PDF · {"\u2068"}{ $kilobytes } ك.ب{"\u2069"}
pdf-kept = محفوظة في هاتفك
no-circular = لم تُنشر دورية هذه الخدمة بعد.
nothing-found = لا توجد خدمة بهذا الاسم. جرّب كلمة أقصر.
nothing-stored = لم تُحمّل الخدمات بعد. اتصل بالإنترنت ثم أعد المحاولة.
title-start = طلب جديد
start-on-paper = يودع هذا الطلب ورقيًا: حضّر هذه الوثائق واتبع ما جاء في الدورية.
start-begun = بدأت هذا الطلب من قبل. ما كتبته محفوظ في هذا الهاتف (آخر تعديل: { $time }).
action-fill = ملء الطلب
action-continue-filling = متابعة الطلب
action-start-over = البدء من جديد
question-start-over = أتمحو ما كتبته؟
question-start-over-text = ستُمحى أجوبتك في «{ $service }» (آخر تعديل: { $time })، ولا يمكن استرجاعها.
action-erase-draft = المحو والبدء من جديد
action-keep-draft = الاحتفاظ بأجوبتي
start-in-progress = لديك طلب قيد المعالجة لهذه الخدمة: رقم { $number }، أُودع يوم { $date }. تجده في «طلباتي».
start-queued = لديك طلب لهذه الخدمة ينتظر الإرسال من هذا الهاتف. تجده في «طلباتي».
start-already-requested = لديك طلب لهذه الخدمة: رقم { $number }، أُودع يوم { $date }. لا تقبل الخدمة منك طلبًا ثانيًا. تجده في «طلباتي».
action-file-another = تقديم طلب آخر
action-open-earlier = عرض هذا الطلب
start-text = حضّر هذه الوثائق ثم املأ الطلب. ما تكتبه يُحفظ في هذا الهاتف أولًا بأول.
action-close = فهمت

## «+»: filling in and filing a request
option-self = أنا نفسي
period-from = { $label }: أول يوم
period-to = { $label }: آخر يوم
help-repayment = للاستئناس فقط: بنسبة { $rate } في السنة، تؤدي { $total } في المجموع. المبلغ النهائي يحدده القرار.
field-instalment = القسط الشهري المتوقع
action-next = التالي
action-previous = السابق
draft-saved = حُفظ في هاتفك
draft-not-saved = لم يُحفظ: امتلأت ذاكرة الهاتف
action-file = إيداع الطلب
notice-request = لا يطلع على طلبك ووصله إلا المكلفون بدراسته. يمكنك طلب الاطلاع عليهما أو تصحيحهما أو محوهما (القانون 09.08).
title-review = راجع طلبك
step-review = المراجعة
review-expectation = بعد الإيداع يصلك على الفور وصل مؤرخ، والجواب في أجل أقصاه { $days } يومًا.
action-edit-answers = تعديل
form-lost = تغيرت هذه الاستمارة. ما لم يعد له مكان فيها: { $fields }.
optional = { $label } (اختياري)
placeholder-day = {"\u2066"}يوم{"\u2069"}/{"\u2066"}شهر{"\u2069"}/{"\u2066"}سنة{"\u2069"}
suffix-money = درهم
help-wishes = { $max ->
    [one] اختيار واحد على الأكثر.
    [two] اختياران على الأكثر.
    [few] { $max } اختيارات على الأكثر.
   *[other] { $max } اختيارًا على الأكثر.
}
help-no-person = لا أحد في ملفك العائلي. لإضافة شخص اتصل بالمؤسسة، أو زرها ومعك ما يثبت القرابة.
list-separator = {"، "}
request-filed = أُودع طلبك: رقم { $number }
request-waits = طلبك محفوظ في هاتفك، وسيُرسل عند عودة الاتصال.
request-waits-sign-in = طلبك محفوظ في هاتفك، وسيُرسل بعد أن تسجل الدخول من جديد.
money = { $amount } درهم

## My requests
title-requests = طلباتي
no-requests = ليس لديك طلب بعد. اختر خدمة والمس «+».
group-drafts = لم تكتمل
group-outbox = تنتظر الإرسال
group-filed = مودعة
action-delete-draft = حذف المسودة
question-delete-draft = أتحذف هذه المسودة؟
question-delete-draft-text = ستُمحى أجوبتك في «{ $service }» (آخر تعديل: { $time })، ولا يمكن استرجاعها.
state-draft = مسودة
state-waiting = سيُرسل
state-blocked = يحتاج إلى مراجعة
state-filed = مودع
state-under-review = قيد الدراسة
state-approved = مقبول
state-refused = مرفوض
state-other = قيد المعالجة
draft-changed = آخر تعديل: { $time }
draft-progress = الخطوة { $at } من { $of } · آخر تعديل: { $time }
request-will-be-sent = سيُرسل عند عودة الاتصال. المسه لتقرأه.
request-will-be-sent-signed-in = سيُرسل بعد أن تسجل الدخول من جديد. المسه لتقرأه.
queued-line = سيُرسل عند عودة الاتصال.
queued-line-signed-in = سيُرسل بعد أن تسجل الدخول من جديد.
action-edit = تعديل
question-edit = أتعدل هذا الطلب؟
question-edit-text = لن يُرسل حتى تودعه من جديد.
action-edit-request = تعديل الطلب
action-leave-queued = تركه يُرسل كما هو
blocked-service-closed = لم تعد الخدمة مفتوحة. لم يضع شيء: المسه لتراجعه.
blocked-form-changed = تغيرت الاستمارة. المسه لتكمله وترسله.
blocked-invalid-fields = جواب يحتاج إلى تصحيح. المسه لتراجعه.
blocked-already-filed = وصل هذا الطلب من قبل، كما كان قبل تعديلاتك.
blocked-queued-too-long = أُرسل منذ مدة طويلة بلا جواب. انظر هل يوجد بين الطلبات المودعة، وإلا فالمسه وأرسله من جديد.
blocked-already-requested = لديك طلب من قبل لهذه الخدمة، وهي لا تقبل منك ثانيًا. لم يضع شيء: المسه لتراجعه.
already-requested = لديك هذا الطلب من قبل: رقم { $number }. لم يُودع طلب ثان، وما كتبته محفوظ في «طلباتي».
blocked-update-needed = حدّث التطبيق لإرساله. وهو محفوظ.
filed-on = أُودع يوم { $date }
answered-by = الجواب في أجل أقصاه { $date }
appeal-until = يمكن الطعن إلى غاية { $date }
request-number = رقم الطلب
action-receipt = عرض الوصل
action-share-receipt = مشاركة الوصل
receipt-name = وصل { $number }

## The member's account
profile-ppr = رقم التأجير
action-sign-out = تسجيل الخروج
title-leaving = قبل تسجيل الخروج
leaving-waiting = { $count ->
    [one] طلب واحد لم يغادر هاتفك بعد.
    [two] طلبان لم يغادرا هاتفك بعد.
    [few] { $count } طلبات لم تغادر هاتفك بعد.
   *[other] { $count } طلبًا لم يغادر هاتفك بعد.
}
leaving-drafts = { $count ->
    [one] طلب واحد بدأته ولم ترسله.
    [two] طلبان بدأتهما ولم ترسلهما.
    [few] { $count } طلبات بدأتها ولم ترسلها.
   *[other] { $count } طلبًا بدأته ولم ترسله.
}
leaving-keep = إن حفظتها بقيت مشفرة في هذا الهاتف 30 يومًا، لك وحدك: تجدها عند دخولك من جديد.
action-send-now = الإرسال ثم تسجيل الخروج
action-keep-work = الحفظ ثم تسجيل الخروج
action-erase-work = المحو ثم تسجيل الخروج
question-erase-work = أتمحو ما لم يُرسل؟
question-erase-work-text = { $work } سيُمحى كل ذلك من هذا الهاتف، ولا يمكن استرجاعه.
action-confirm-erase-work = محو الكل وتسجيل الخروج
action-keep-editing = رجوع
error-not-all-sent = بقي طلب لم يُرسل: ينتظر مراجعتك في «طلباتي».
kind-active = منخرط موظف
kind-retired = منخرط متقاعد
theme-label = المظهر
theme-phone = تلقائي
theme-light = فاتح
theme-dark = داكن
action-devices = { devices }
action-charter = { charter }
devices-text = حسابك مفتوح في هذه الأجهزة. سجّل الخروج من الجهاز الذي ضاع منك أو أعرته.
device-used = آخر استعمال: { $time }
device-current = هذا الهاتف
action-end-device = تسجيل الخروج منه

## Help, at every stage
help = مساعدة
action-help = { help }
title-help = مساعدة
contacts = الاتصال بالمؤسسة
contact-phone = الهاتف
contact-email = البريد الإلكتروني
contact-hours = أوقات العمل
contact-address = العنوان
about = هذا التطبيق
about-version = الإصدار
about-code = رمز للمساعدة
action-privacy = معطياتك الشخصية
licences = تراخيص البرمجيات
action-licences = { licences }
title-diagnostic = تشخيص
action-diagnostic = { title-diagnostic }
diagnostic-text = هذه آخر العمليات التي قام بها التطبيق. لا تتضمن هذه الأسطر أي معطيات شخصية، ولا تُرسل أبدًا من تلقاء نفسها: يمكنك مشاركتها مع المساعدة.
action-copy-diagnostic = نسخ
action-share-diagnostic = مشاركة
check-ppr = رقم التأجير مكتوب في ورقة الأداء، وفي سند المعاش بالنسبة للمتقاعد.
check-forgotten = أول مرة أو نسيت كلمة السر: المس «طلب كلمة السر».
check-network = تأكد من الاتصال بالإنترنت: افتح تطبيقًا آخر يستعمله.
check-clock = يشير هذا الهاتف إلى { $phone }. إن لم يكن صحيحًا فصحح التاريخ والساعة في الإعدادات.
check-clock-right = التاريخ والساعة في هذا الهاتف صحيحان: { $phone }.
check-clock-wrong = يشير هذا الهاتف إلى { $phone }، وتشير المؤسسة إلى { $portal }. صحح التاريخ والساعة في الإعدادات.
check-address = راجع العنوان حرفًا حرفًا، وصحّحه عند الحاجة.
check-retired-address = متقاعد ليس له عنوان مسجل: تؤكد المؤسسة عنوانك قبل أن تراسلك.
check-charter = اقرأ الميثاق إلى نهايته: هناك تجد «أقبل» و«لا أقبل».
check-new-password = تُقبل كلمة السر عندما تتحقق كل الشروط.
check-opening = تُفتح الخدمات واحدة تلو الأخرى، كل واحدة بدوريتها أو إعلانها. الخدمة المعلن عنها ليس لها «+» بعد.
check-refresh = اسحب اللائحة إلى الأسفل لتحديثها.
privacy-authorisation = الترخيص
authorisation = ترخيص اللجنة الوطنية رقم { $number }.

## Screens and notices of maintenance and updates
title-gate-maintenance = صيانة
title-gate-update = يلزم تحديث التطبيق
notice-maintenance = التطبيق متوقف للصيانة. أعد المحاولة بعد قليل.
notice-maintenance-until = التطبيق متوقف للصيانة. يعود حوالي { $time }.
notice-update = توجد نسخة أحدث من التطبيق.
notice-update-needed = لم تعد هذه النسخة تسمح بالإرسال. حدّث التطبيق، وما هو محفوظ فيها يبقى مقروءًا.
action-recheck = تحقق الآن
action-update = تحديث التطبيق

## Problems with form fields
problems = { $count ->
    [one] بقيت خانة واحدة تحتاج إلى تصحيح.
    [two] بقيت خانتان تحتاجان إلى تصحيح.
    [few] بقيت { $count } خانات تحتاج إلى تصحيح.
   *[other] بقيت { $count } خانة تحتاج إلى تصحيح.
  }
problem-link = { $field }: { $problem }
problem-required = املأ هذه الخانة.
problem-choose = اختر واحدًا.
problem-captcha = المس الخانة لتؤكد أنك لست روبوتًا.
problem-captcha-failed = لم يتم التحقق. المس الخانة مرة أخرى.
problem-ppr = من 4 إلى 9 أرقام، كما في ورقة الأداء أو سند المعاش.
problem-ppr-swapped = هذا يشبه رقم بطاقة التعريف. هل بدّلت بينهما؟ رقم التأجير أرقام وحدها.
problem-cin-swapped = هذا يشبه رقم التأجير. هل بدّلت بينهما؟ رقم البطاقة يبدأ بحرف.
problem-cin = حرف لاتيني أو حرفان ثم أرقام، كما في البطاقة.
problem-email = اكتب العنوان كاملًا، مثل ما هو مسجل لدى إدارتك.
problem-unknown-domain = استعمل عنوانك المهني، لا عنوانًا شخصيًا.
problem-pension = أرقام وحروف كما في وثائق صندوق التقاعد.
problem-too-short = { $limit ->
    [one] ينقص حرف واحد.
    [two] ينقص حرفان.
    [few] تنقص { $limit } أحرف.
   *[other] ينقص { $limit } حرفًا.
  }
problem-too-long = 128 حرفًا على الأكثر.
problem-contains-identifier = لا تضع فيها رقم التأجير ولا البطاقة ولا المعاش ولا العنوان.
problem-common = سهلة التخمين: اختر جملة خاصة بك.
problem-wrong-password = ليست كلمة سرك الحالية. أعد كتابتها.
problem-same-as-before = اختر كلمة غير القديمة.
problem-differs = لا تطابق الأولى. أعد كتابتها.
problem-declare = المس الخانة لتصرح بذلك.
problem-money = اكتب مبلغًا بالدرهم، مثل 1.500,00.
problem-money-ambiguous = هل تقصد { $first } أم { $second }؟ اكتب واحدًا منهما.
problem-integer = اكتب عددًا بالأرقام.
problem-day = اكتب اليوم ثم الشهر ثم السنة، مثل 25/11/2026.
problem-day-century = اكتب السنة بأربعة أرقام، مثل 1948 أو 2026.
problem-no-such-day = لا وجود ليوم { $day }: هذا الشهر أقصر. راجع اليوم والشهر.
problem-phone-short = { $limit ->
    [one] ينقص رقم واحد من الأرقام العشرة.
    [two] ينقص رقمان من الأرقام العشرة.
    [few] تنقص { $limit } أرقام من الأرقام العشرة.
   *[other] ينقص { $limit } رقمًا من الأرقام العشرة.
}
problem-phone-long = { $limit ->
    [one] فيه رقم زائد على الأرقام العشرة.
    [two] فيه رقمان زائدان على الأرقام العشرة.
    [few] فيه { $limit } أرقام زائدة على الأرقام العشرة.
   *[other] فيه { $limit } رقمًا زائدًا على الأرقام العشرة.
}
problem-phone = رقم مغربي من عشرة أرقام، مثل {"\u2066"}06 12 34 56 78{"\u2069"}.
problem-bank-account = أرقام الحساب البنكي (RIB) الأربعة والعشرون، كما هي في كشف الحساب.
problem-bank-account-short = { $limit ->
    [one] ينقص رقم واحد من الأرقام الأربعة والعشرين.
    [two] ينقص رقمان من الأرقام الأربعة والعشرين.
    [few] تنقص { $limit } أرقام من الأرقام الأربعة والعشرين.
   *[other] ينقص { $limit } رقمًا من الأرقام الأربعة والعشرين.
}
problem-bank-account-long = { $limit ->
    [one] فيه رقم زائد على الأرقام الأربعة والعشرين.
    [two] فيه رقمان زائدان على الأرقام الأربعة والعشرين.
    [few] فيه { $limit } أرقام زائدة على الأرقام الأربعة والعشرين.
   *[other] فيه { $limit } رقمًا زائدًا على الأرقام الأربعة والعشرين.
}
problem-bank-account-key = أحد هذه الأرقام الأربعة والعشرين خاطئ. قارنها بكشف حسابك.
problem-iban = في رقم IBAN هذا رقم خاطئ. قارنه بكشف حسابك.
problem-too-many-letters = { $limit ->
    [few] { $limit } أحرف على الأكثر.
   *[other] { $limit } حرفًا على الأكثر.
}
problem-too-few = { $limit ->
    [one] اختر واحدًا على الأقل.
    [two] اختر اثنين على الأقل.
   *[other] اختر { $limit } على الأقل.
}
problem-too-many = { $limit ->
    [one] واحد على الأكثر.
    [two] اثنان على الأكثر.
   *[other] { $limit } على الأكثر.
}
problem-too-small = { $limit } على الأقل.
problem-too-large = { $limit } على الأكثر.
problem-too-early = اختر يومًا ابتداء من { $limit }.
problem-too-late = اختر يومًا إلى غاية { $limit }.
problem-too-long-period = { $days ->
    [one] يوم واحد على الأكثر: { $limit }.
    [two] يومان على الأكثر: إلى { $limit }.
    [few] { $days } أيام على الأكثر: إلى { $limit }.
   *[other] { $days } يومًا على الأكثر: إلى { $limit }.
}
problem-one-of = املأ واحدة على الأقل من هذه الخانات.
problem-no-person = لا أحد في ملفك العائلي لهذه الخانة.
problem-wishes-full = { $limit ->
    [one] اخترت واحدًا وهو أقصى عدد. المسه لتزيله قبل أن تختار غيره.
    [two] اخترت اثنين وهو أقصى عدد. المس أحدهما لتزيله قبل أن تختار غيره.
   *[other] اخترت { $limit } وهو أقصى عدد. المس أحدها لتزيله قبل أن تختار غيره.
}
problem-refused = لم تُقبل هذه القيمة. راجعها.

## Errors
file-set-aside = تعذر فتح ما كان محفوظًا في هذا الهاتف. وُضع جانبًا ولم يُحذف، ونبدأ من جديد.
offline-notice = لا يوجد اتصال بالإنترنت.
offline-notice-stored = لا يوجد اتصال بالإنترنت. الخدمات وطلباتك محفوظة في هاتفك.
network-blocked-notice = هذه الشبكة تمنع الوصول إلى المؤسسة.
network-blocked-notice-stored = هذه الشبكة تمنع الوصول إلى المؤسسة. الخدمات وطلباتك محفوظة في هاتفك.
error-service-closed = هذه الخدمة غير مفتوحة الآن. طلبك محفوظ.
error-form-changed = تغيرت الاستمارة. طلبك محفوظ: أكمله.
error-filed-already = وصل هذا الطلب من قبل.
error-left-already = غادر هذا الطلب الهاتف.
error-draft-begun = بدأت طلبًا آخر لهذه الخدمة: أرسله أولًا، أو ابدأه من جديد.
error-offline = لا يوجد اتصال بالإنترنت. أعد المحاولة عند عودة الاتصال.
input-kept = ما كتبته محفوظ في هذا الهاتف.
password-unconfirmed = لم يتأكد تغيير كلمة السر.
error-network-blocked = هذه الشبكة لا تسمح بالوصول إلى المؤسسة، كما يقع غالبًا في المكاتب. استعمل بيانات الهاتف أو شبكة واي فاي أخرى.
error-service-silent = لا تجيب المؤسسة الآن.
error-clock = يبدو تاريخ هذا الهاتف غير صحيح: { $date }. صححه في الإعدادات ثم أعد المحاولة.
error-too-large = هذا الملف أكبر من أن يُفتح هنا. اطلبه من المؤسسة.
error-try-later = المؤسسة تتلقى طلبات كثيرة الآن. أعد المحاولة بعد قليل.
error-maintenance = التطبيق متوقف للصيانة. أعد المحاولة بعد قليل.
error-try-later-minutes = { $minutes ->
    [one] أعد المحاولة بعد دقيقة.
    [two] أعد المحاولة بعد دقيقتين.
    [few] أعد المحاولة بعد { $minutes } دقائق.
   *[other] أعد المحاولة بعد { $minutes } دقيقة.
  }
error-fields = راجع الخانات المشار إليها ثم أعد المحاولة.
error-credentials = رقم التأجير أو كلمة السر غير صحيحة. راجعهما، أو اطلب كلمة سر جديدة.
error-password-already-set = سبق أن تم تغيير كلمة السر في المحاولة الأولى. ادخل بها في المرة القادمة، أو اطلب كلمة جديدة.
error-sign-in-again = انتهت مدة الدخول. أدخل كلمة السر من جديد.
error-charter-renewed = نُشر إصدار جديد من الميثاق. اقرأه من جديد.
error-update-needed = هذه النسخة قديمة. حدّث التطبيق ثم أعد المحاولة.
error-not-allowed = أكمل أولًا قراءة الميثاق وتغيير كلمة السر.
error-not-now = هذا الإجراء غير متاح في هذه المرحلة.
error-unknown-service = لم تعد هذه الخدمة متاحة.
error-key-store-protected = خزانة الهاتف مقفلة الآن. افتح قفل الهاتف ثم أعد المحاولة: لم يضع شيء.
error-storage = تعذر الحفظ في الهاتف. أفرغ بعض المساحة ثم أعد المحاولة.
error-bug = حدث خلل غير متوقع. أعد المحاولة، وإن تكرر فاذكر للمؤسسة الرمز { $reference }.

## The app does not open: read by both systems too, since the core may not be there
title-opening-failed = التطبيق لا يُفتح
error-opening = لا يستطيع التطبيق فتح ما هو محفوظ في هذا الهاتف، ولم يُحذف شيء.
error-app-incomplete = جزء من التطبيق ناقص أو لا يناسب هذا الهاتف. لم يُحذف شيء مما تحفظه فيه.
opening-check-restart = أعد تشغيل الهاتف، ثم أعد المحاولة.
opening-check-update = حدّث التطبيق. لا تُزِله من الهاتف: يضيع بذلك ما لم يُرسل بعد.
opening-check-call = إن لم يكفِ ذلك، فاتصل بالمؤسسة وأعطها الرمز.
action-set-aside = البدء دون هذه المعطيات
question-set-aside = أتبدأ دون ما هو محفوظ هنا؟
question-set-aside-text = يُفتح التطبيق كما في هاتف جديد. يوضع ما هو محفوظ جانبًا في هذا الهاتف ولا يُحذف منه شيء. سجّل الدخول بعد ذلك: تعود طلباتك المودعة. أما المسودات والطلبات التي لم تُرسل بعد فلن تظهر حتى تستخرجها المساعدة.
action-set-aside-confirm = الوضع جانبًا والبدء
action-set-aside-cancel = لا تغيّر شيئًا
