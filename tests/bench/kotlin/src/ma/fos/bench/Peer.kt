package ma.fos.bench

import java.io.File
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Socket
import java.security.KeyStore
import java.security.cert.CertificateFactory
import java.sql.Connection
import java.sql.DriverManager
import javax.net.SocketFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

@Serializable
private data class SignIn(val ppr: String, val password: String, val captcha: Solved, val device: String)

@Serializable
private data class Session(
    @SerialName("access_token") val access: String,
    @SerialName("refresh_token") val refresh: String
)

@Serializable
private data class Catalogue(val services: List<Service>)

@Serializable
private data class Service(
    val id: String,
    val icon: String,
    val title: Both,
    val summary: Both,
    val status: String,
    val closes: String? = null,
    val paper: Paper? = null
)

@Serializable
private data class Both(val ar: String, val fr: String)

@Serializable
private data class Paper(val number: String)

private data class Row(val id: String, val icon: String, val title: String, val closes: String?)

/** What an app of this kind is usually made of: OkHttp, kotlinx.serialization, SQLite. */
internal class Peer : AutoCloseable {
    private val json = Json { ignoreUnknownKeys = true }
    private lateinit var http: OkHttpClient
    private lateinit var folder: File
    private lateinit var solved: Solved
    private var database: Connection? = null

    /** A phone that was never used, the challenge fetched and solved. */
    suspend fun prepare(folder: File) {
        close()
        this.folder = folder
        folder.mkdirs()
        http = client()
        solved = solve(json.decodeFromString<JsonObject>(call(Request.Builder().url(at("/v1/captcha")).build())))
    }

    suspend fun signIn() {
        val body = json.encodeToString(SignIn.serializer(), SignIn(Given.PPR, Given.PASSWORD, solved, Given.DEVICE))
        val asked = Request.Builder().url(at("/v1/sessions")).post(body.toRequestBody(JSON)).build()
        val session = json.decodeFromString<Session>(call(asked))
        val open = open()
        keep(open, "access", session.access)
        keep(open, "refresh", session.refresh)
        open.commit()
        val services = Request.Builder().url(at("/v1/services")).header("authorization", "Bearer ${session.access}")
        store(open, json.decodeFromString<Catalogue>(call(services.build())))
        check(search("") > 0)
    }

    fun search(text: String): Int {
        val asked = checkNotNull(database).prepareStatement(
            "SELECT id, icon, title, closes FROM service WHERE words LIKE '%' || ? || '%' ORDER BY status, closes"
        )
        return asked.use {
            it.setString(1, text)
            val rows = it.executeQuery()
            buildList {
                while (rows.next()) {
                    add(Row(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)))
                }
            }.size
        }
    }

    override fun close() {
        database?.close()
        database = null
        if (::http.isInitialized) {
            http.connectionPool.evictAll()
            http.dispatcher.executorService.shutdown()
        }
    }

    private fun at(path: String) = Given.portal + path

    /** Uncompressed, as our side asks: the same bytes, and no time of the portal's in compressing them. */
    private suspend fun call(request: Request): String = withContext(Dispatchers.IO) {
        http.newCall(request.newBuilder().header("accept-encoding", "identity").build()).execute().use {
            check(it.isSuccessful) { "${request.url}: ${it.code}" }
            it.body.string()
        }
    }

    private fun open(): Connection {
        val open = DriverManager.getConnection("jdbc:sqlite:${File(folder, "peer.db")}")
        open.createStatement().use {
            it.execute("PRAGMA journal_mode = WAL")
            it.execute("PRAGMA synchronous = FULL")
            open.autoCommit = false
            it.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
            it.execute(
                "CREATE TABLE service (id TEXT PRIMARY KEY, icon TEXT, title TEXT, status TEXT, closes TEXT, words TEXT)"
            )
        }
        return open.also { database = it }
    }

    private fun keep(open: Connection, name: String, value: String) =
        open.prepareStatement("INSERT OR REPLACE INTO kept VALUES (?, ?)").use {
            it.setString(1, name)
            it.setString(2, value)
            it.execute()
        }

    private fun store(open: Connection, catalogue: Catalogue) {
        open.prepareStatement("INSERT OR REPLACE INTO service VALUES (?, ?, ?, ?, ?, ?)").use { insert ->
            catalogue.services.forEach {
                val words = listOf(it.title.ar, it.title.fr, it.summary.ar, it.summary.fr, it.paper?.number.orEmpty())
                val columns = listOf(it.id, it.icon, it.title.ar, it.status, it.closes, words.joinToString("\n"))
                columns.forEachIndexed { at, column -> insert.setString(at + 1, column) }
                insert.addBatch()
            }
            insert.executeBatch()
        }
        open.commit()
    }

    private fun client(): OkHttpClient {
        val root = Given.root.inputStream().use { CertificateFactory.getInstance("X.509").generateCertificate(it) }
        val roots = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
        roots.setCertificateEntry("root", root)
        val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(roots) }
        val trust = managers.trustManagers.filterIsInstance<X509TrustManager>().single()
        val tls = SSLContext.getInstance("TLS").apply { init(null, arrayOf(trust), null) }
        return OkHttpClient.Builder().socketFactory(NoDelay).sslSocketFactory(tls.socketFactory, trust).build()
    }
}

private val JSON = "application/json".toMediaType()

/** As our side does: a small piece must not wait for the acknowledgement of the one before. */
private object NoDelay : SocketFactory() {
    override fun createSocket() = Socket().apply { tcpNoDelay = true }

    override fun createSocket(host: String, port: Int) = createSocket().apply { connect(InetSocketAddress(host, port)) }

    override fun createSocket(host: InetAddress, port: Int) =
        createSocket().apply { connect(InetSocketAddress(host, port)) }

    override fun createSocket(host: String, port: Int, local: InetAddress, at: Int) = createSocket(host, port)

    override fun createSocket(host: InetAddress, port: Int, local: InetAddress, at: Int) = createSocket(host, port)
}
