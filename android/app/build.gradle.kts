plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

// What `cargo xtask apk --parts` makes: the look's values, fonts, symbols, phrases, licences, the core's bindings, and
// the core itself for each kind of phone.
val made = rootDir.resolve("../target/android")
val bindings = rootDir.resolve("../bindings/kotlin/generated")

android {
    namespace = "ma.fos.services"
    compileSdk = 36
    ndkVersion = "27.0.12077973"

    defaultConfig {
        applicationId = "ma.fos.services"
        minSdk = 26
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64", "x86") }
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            // Not the plugin's own file besides: it silences every missing class of AndroidX.
            proguardFiles("proguard-rules.pro")
        }
    }

    buildFeatures { compose = true }

    sourceSets {
        getByName("main") {
            kotlin.srcDirs("src/main/java", made.resolve("assets/kotlin"), bindings)
            res.srcDirs(made.resolve("assets/res"), made.resolve("licences/res"))
            jniLibs.srcDir(made.resolve("jniLibs"))
        }
        // The named states of all screens, which the previews show.
        getByName("debug") { resources.srcDir(rootDir.resolve("../target/states")) }
    }

    testOptions { unitTests.isIncludeAndroidResources = true }
}

kotlin { jvmToolchain(17) }

// It is cargo that knows what has changed, and it is quick to say that nothing has.
val parts by tasks.registering(Exec::class) {
    val ndk = androidComponents.sdkComponents.ndkDirectory
    workingDir(rootDir.resolve(".."))
    commandLine("cargo", "xtask", "apk", "--parts")
    doFirst { environment("ANDROID_NDK_HOME", ndk.get().asFile.path) }
}

tasks.named("preBuild") { dependsOn(parts) }

dependencies {
    implementation(libs.activity.compose)
    implementation(libs.compose.animation)
    implementation(libs.compose.foundation)
    implementation(libs.compose.ui)
    implementation(libs.core.ktx)
    implementation(libs.coroutines.android)
    implementation(libs.lifecycle.viewmodel)
    implementation(libs.material3)
    implementation(variantOf(libs.jna) { artifactType("aar") })
    debugImplementation(libs.compose.preview)
    debugImplementation(libs.compose.tooling)
    testImplementation(libs.junit)
    testImplementation(libs.robolectric)
}
