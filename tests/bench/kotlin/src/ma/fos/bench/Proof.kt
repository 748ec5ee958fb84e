package ma.fos.bench

import java.nio.ByteBuffer
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlin.experimental.xor
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A challenge with its solution. */
@Serializable
internal data class Solved(val challenge: JsonObject, val solution: Solution)

@Serializable
internal data class Solution(val counter: Int, val derivedKey: String)

/** Solves the captcha by its published loop over PBKDF2 (RFC 8018 section 5.2); never part of a timed section. */
@OptIn(ExperimentalStdlibApi::class)
internal fun solve(challenge: JsonObject): Solved {
    val parameters = challenge.getValue("parameters").jsonObject
    fun text(name: String) = parameters.getValue(name).jsonPrimitive.content
    fun number(name: String) = parameters.getValue(name).jsonPrimitive.int
    val nonce = text("nonce").hexToByteArray()
    val salt = text("salt").hexToByteArray()
    val counter = generateSequence(0) { it + 1 }.first {
        derive(nonce, it, salt, number("cost"), number("keyLength")).toHexString().startsWith(text("keyPrefix"))
    }
    val key = derive(nonce, counter, salt, number("cost"), number("keyLength"))
    return Solved(challenge, Solution(counter, key.toHexString()))
}

/** Derives a key. One block suffices: the portal requests no key longer than a hash. */
private fun derive(nonce: ByteArray, counter: Int, salt: ByteArray, cost: Int, length: Int): ByteArray {
    val password = ByteBuffer.allocate(nonce.size + Int.SIZE_BYTES).put(nonce).putInt(counter).array()
    val mac = Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(password, algorithm)) }
    var round = mac.doFinal(salt + byteArrayOf(0, 0, 0, 1))
    val key = round.copyOf()
    repeat(cost - 1) {
        round = mac.doFinal(round)
        key.indices.forEach { key[it] = key[it] xor round[it] }
    }
    return key.copyOf(length)
}
