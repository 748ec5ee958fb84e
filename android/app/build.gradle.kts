plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.kotlin.compose)
}

// What `cargo xtask assets`, `cargo xtask bindings kotlin` and the checks' build make.
val made = rootDir.resolve("../target/android")
val bindings = rootDir.resolve("../bindings/kotlin/generated")

android {
    namespace = "ma.fos.services"
    compileSdk = 36

    defaultConfig {
        applicationId = "ma.fos.services"
        minSdk = 26
        targetSdk = 34
        versionCode = 1
        versionName = "0.1.0"
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
        }
    }

    buildFeatures { compose = true }

    sourceSets {
        getByName("main") {
            kotlin.srcDirs("src/main/java", made.resolve("tokens"), made.resolve("assets/kotlin"), bindings)
            res.srcDirs(made.resolve("assets/res"), made.resolve("licences/res"))
            jniLibs.srcDir(made.resolve("jniLibs"))
        }
    }

    testOptions { unitTests.isIncludeAndroidResources = true }
}

kotlin { jvmToolchain(17) }

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
