package ma.fos.services.checks

import java.io.File
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.awaitCancellation
import ma.fos.core.Access
import ma.fos.core.Account
import ma.fos.core.ActionView
import ma.fos.core.CardView
import ma.fos.core.Change
import ma.fos.core.Config
import ma.fos.core.Form
import ma.fos.core.Fos
import ma.fos.core.GroupView
import ma.fos.core.NoHandle
import ma.fos.core.Observer
import ma.fos.core.Platform
import ma.fos.core.Requests
import ma.fos.core.RequestsView
import ma.fos.core.Services
import ma.fos.core.ServicesView
import ma.fos.core.TapGuardInterface
import ma.fos.core.Tone
import ma.fos.core.markUiThread

/** The calls that crossed to the core, by name. An object handed out is a call as well: it crosses like any other. */
internal class Calls {
    private val made = mutableListOf<String>()

    fun <Answer> count(name: String, answer: Answer): Answer = answer.also { made += name }

    /** The portal's answer comes when the screen has long been drawn. */
    suspend fun neverAnswered(name: String): Nothing {
        made += name
        awaitCancellation()
    }

    /** Returns the calls that cross while [work] is done, without refreshes: those are the portal's time, not the screen's. */
    fun within(work: () -> Unit): List<String> {
        made.clear()
        work()
        return made - setOf("services.refreshIfStale", "requests.refresh")
    }
}

/** A core of nobody's, with no portal in reach. From now on it refuses every read of a file on the thread of the test, as the app's main one. */
internal fun openCore(folder: File): Fos {
    val config = Config(folder.path, "https://portal.fos.test", "0", "", null, null)
    val core = TestWorker().run { Fos.open(config, Platform("هاتف تجربة", "ar-MA", "android")) }
    markUiThread()
    return core
}

/** The real core, each call of it counted on its way. What needs a member is refused, which is a call like any other. */
internal open class CountedFos(private val real: Fos, private val calls: Calls) : Fos(NoHandle) {
    override fun access(): Access = calls.count("access", CountedAccess(real.access(), calls))

    override fun account() = calls.count("account", CountedAccount(real.account(), calls))

    override fun services(): Services = calls.count("services", CountedServices(real.services(), calls))

    override fun requests(): Requests = calls.count("requests", CountedRequests(real, calls))

    override fun stage() = calls.count("stage", real.stage())

    override fun notices() = calls.count("notices", real.notices())

    override fun blockingScreen() = calls.count("gate", real.blockingScreen())

    override fun help() = calls.count("help", real.help())

    override fun privacy() = calls.count("privacy", real.privacy())

    override fun diagnostic() = calls.count("diagnostic", real.diagnostic())

    override fun phrases() = calls.count("phrases", real.phrases())

    override fun language() = calls.count("language", real.language())

    override fun theme() = calls.count("theme", real.theme())

    /** Counts down as the core tells a new observer of everything. */
    val hasTold = CountDownLatch(Change.entries.size)

    /** Keeps back what the core tells of itself later: it is no screen's call. */
    override fun observe(observer: Observer) = calls.count(
        "watch",
        real.observe(
            object : Observer {
                override fun onChange(change: Change) {
                    if (hasTold.count > 0) observer.onChange(change)
                    hasTold.countDown()
                }
            }
        )
    )
}

internal open class CountedAccess(private val real: Access, private val calls: Calls) : Access(NoHandle) {
    override fun welcome() = calls.count("access.welcome", real.welcome())

    override fun passwordSent() = calls.count("access.waiting", Unit).let { real.passwordSent() }

    override fun signIn() = form("sign-in", real.signIn())

    override fun signInAgain(): Form = form("sign-in-again", real.signInAgain())

    override fun changePassword() = form("change-password", real.changePassword())

    override fun passwordRequest() = form("password-request", real.passwordRequest())

    override fun newPassword() = form("new-password", real.newPassword())

    override fun keepCharterPlace(edition: String, article: UInt) = calls.count("access.keepCharterPlace", Unit)

    override suspend fun charter() = calls.neverAnswered("access.charter")

    private fun form(name: String, form: Form) = calls.count("access.$name", CountedForm(form, calls))
}

internal open class CountedForm(private val real: Form, private val calls: Calls) : Form(NoHandle) {
    override fun view() = calls.count("form.view", real.view())

    override fun set(key: String, input: String) = calls.count("form.set", real.set(key, input))

    override fun find(key: String, text: String) = calls.count("form.find", real.find(key, text))

    override fun blur(key: String) = calls.count("form.leave", real.blur(key))

    override fun pickDay(key: String, day: Long) = calls.count("form.pickDay", real.pickDay(key, day))

    override fun openField(key: String) = calls.count("form.openField", real.openField(key))

    override fun previous() = calls.count("form.previous", real.previous())
}

internal class CountedAccount(private val real: Account, private val calls: Calls) : Account(NoHandle) {
    override fun profile() = calls.count("account.profile", Unit).let { real.profile() }

    override fun signOutConfirmation() = calls.count("account.leaving", Unit).let { real.signOutConfirmation() }

    override suspend fun devices() = calls.neverAnswered("account.devices")
}

internal class CountedServices(private val real: Services, private val calls: Calls) : Services(NoHandle) {
    /** Made up: the real core has no services for nobody, and the search field shows over some only. */
    override fun list(text: String, category: String) = calls.count("services.list", listed(text))

    override fun service(id: String) = calls.count("services.service", Unit).let { real.service(id) }

    override fun start(id: String) = calls.count("services.start", Unit).let { real.start(id) }

    override suspend fun refreshIfStale() = calls.neverAnswered("services.refreshIfStale")

    private fun listed(text: String): ServicesView {
        val card = CardView("hajj-grant", "mosque", "منحة الحج $text", "دورية 2/26", null, "تقديم طلب", false)
        val group = GroupView(Tone.SUCCESS, "مفتوحة الآن", "1", listOf(card))
        return ServicesView("الخدمات", "ابحث عن خدمة", emptyList(), listOf(group), null, null, null, false)
    }
}

internal class CountedRequests(private val real: Fos, private val calls: Calls) : Requests(NoHandle) {
    /** Made up, as the services are. */
    override fun list() = calls.count("requests.list", RequestsView("طلباتي", emptyList(), "ليس لديك طلب بعد."))

    override fun fetchAnswers(id: String) = calls.count("requests.fetchAnswers", Unit)

    override fun request(id: String) = calls.count("requests.request", Unit).let { real.requests().request(id) }

    /** Nobody has a service's form: another one stands for it. */
    override suspend fun form(service: String): Form =
        calls.count("requests.form", CountedForm(real.access().passwordRequest(), calls))

    override suspend fun refresh() = calls.neverAnswered("requests.refresh")
}

/** A guard of touches that counts its calls and lets every touch count. */
internal class CountedGuard(private val calls: Calls) : TapGuardInterface {
    override fun counts(button: String, action: ActionView, nowMs: ULong) = calls.count("guard.counts", true)

    override fun show(buttons: List<String>, nowMs: ULong) = calls.count(REPORT, Unit)

    companion object {
        /** The report of the buttons that show. */
        const val REPORT = "guard.show"
    }
}
