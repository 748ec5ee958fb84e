package ma.fos.services.feature.requests

import ma.fos.core.Form
import ma.fos.services.core.CoreState
import ma.fos.services.core.ScreenViewModel

/** State of the page of a service's form until [form] is fetched; then it has a view model of its own. */
internal data class RequestFormUiState(val form: Form? = null, val problem: String? = null)

/** View model that fetches a service's form, once. */
internal class RequestFormViewModel(core: CoreState, private val service: String) :
    ScreenViewModel<RequestFormUiState, Nothing>(core, RequestFormUiState()) {
    private val fetching = action { copy(problem = firstProblem) }

    init {
        fetch()
    }

    /** Fetches the form, also again after an error. */
    fun fetch() = fetching.run {
        val form = core.requests.form(service)
        update { copy(form = form) }
    }
}
