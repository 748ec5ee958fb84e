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
    val title: LocalizedText,
    val summary: LocalizedText,
    val status: String,
    val closes: String? = null,
    val paper: Circular? = null
)

@Serializable
private data class LocalizedText(val ar: String, val fr: String)

@Serializable
private data class Circular(val number: String)

private data class Row(val id: String, val icon: String, val title: String, val closes: String?)

/** A client built on the usual libraries: OkHttp, kotlinx.serialization, SQLite. */
internal class PeerClient : AutoCloseable {
    private val json = Json { ignoreUnknownKeys = true }
    private lateinit var http: OkHttpClient
    private lateinit var folder: File
    private lateinit var solved: Solved
    private var database: Connection? = null

    /** Starts with an empty folder; fetches the challenge and solves it. */
    suspend fun prepare(folder: File) {
        close()
        this.folder = folder
        folder.mkdirs()
        http = client()
        solved = solve(json.decodeFromString<JsonObject>(call(Request.Builder().url(at("/v1/captcha")).build())))
    }

    suspend fun signIn() {
        val body = json.encodeToString(SignIn.serializer(), SignIn(Args.PPR, Args.PASSWORD, solved, Args.DEVICE))
        val request = Request.Builder().url(at("/v1/sessions")).post(body.toRequestBody(JSON)).build()
        val session = json.decodeFromString<Session>(call(request))
        val connection = openDatabase()
        storeValue(connection, "access", session.access)
        storeValue(connection, "refresh", session.refresh)
        connection.commit()
        val services = Request.Builder().url(at("/v1/services")).header("authorization", "Bearer ${session.access}")
        storeServices(connection, json.decodeFromString<Catalogue>(call(services.build())))
        check(search("") > 0)
    }

    fun search(text: String): Int {
        val statement = checkNotNull(database).prepareStatement(
            "SELECT id, icon, title, closes FROM service WHERE words LIKE '%' || ? || '%' ORDER BY status, closes"
        )
        return statement.use {
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

    private fun at(path: String) = Args.portal + path

    /** Sends an uncompressed request, as the core does: equal bytes, and no time for compression in the portal. */
    private suspend fun call(request: Request): String = withContext(Dispatchers.IO) {
        http.newCall(request.newBuilder().header("accept-encoding", "identity").build()).execute().use {
            check(it.isSuccessful) { "${request.url}: ${it.code}" }
            it.body.string()
        }
    }

    private fun openDatabase(): Connection {
        val connection = DriverManager.getConnection("jdbc:sqlite:${File(folder, "peer.db")}")
        connection.createStatement().use {
            it.execute("PRAGMA journal_mode = WAL")
            it.execute("PRAGMA synchronous = FULL")
            connection.autoCommit = false
            it.execute("CREATE TABLE stored (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
            it.execute(
                "CREATE TABLE service (id TEXT PRIMARY KEY, icon TEXT, title TEXT, status TEXT, closes TEXT, words TEXT)"
            )
        }
        return connection.also { database = it }
    }

    private fun storeValue(connection: Connection, name: String, value: String) =
        connection.prepareStatement("INSERT OR REPLACE INTO stored VALUES (?, ?)").use {
            it.setString(1, name)
            it.setString(2, value)
            it.execute()
        }

    private fun storeServices(connection: Connection, catalogue: Catalogue) {
        connection.prepareStatement("INSERT OR REPLACE INTO service VALUES (?, ?, ?, ?, ?, ?)").use { insert ->
            catalogue.services.forEach {
                val texts = listOf(it.title.ar, it.title.fr, it.summary.ar, it.summary.fr, it.paper?.number.orEmpty())
                val columns = listOf(it.id, it.icon, it.title.ar, it.status, it.closes, texts.joinToString("\n"))
                columns.forEachIndexed { at, column -> insert.setString(at + 1, column) }
                insert.addBatch()
            }
            insert.executeBatch()
        }
        connection.commit()
    }

    private fun client(): OkHttpClient {
        val root = Args.root.inputStream().use { CertificateFactory.getInstance("X.509").generateCertificate(it) }
        val roots = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
        roots.setCertificateEntry("root", root)
        val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(roots) }
        val trust = managers.trustManagers.filterIsInstance<X509TrustManager>().single()
        val tls = SSLContext.getInstance("TLS").apply { init(null, arrayOf(trust), null) }
        return OkHttpClient.Builder().socketFactory(NoDelay).sslSocketFactory(tls.socketFactory, trust).build()
    }
}

private val JSON = "application/json".toMediaType()

/** Disables the delay of small packets, as the core does. */
private object NoDelay : SocketFactory() {
    override fun createSocket() = Socket().apply { tcpNoDelay = true }

    override fun createSocket(host: String, port: Int) = createSocket().apply { connect(InetSocketAddress(host, port)) }

    override fun createSocket(host: InetAddress, port: Int) =
        createSocket().apply { connect(InetSocketAddress(host, port)) }

    override fun createSocket(host: String, port: Int, local: InetAddress, at: Int) = createSocket(host, port)

    override fun createSocket(host: InetAddress, port: Int, local: InetAddress, at: Int) = createSocket(host, port)
}
