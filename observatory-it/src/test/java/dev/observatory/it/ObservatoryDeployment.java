package dev.observatory.it;

import java.io.File;
import org.eu.ingwar.tools.arquillian.extension.suite.annotations.ArquillianSuiteDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The one deployment of all tests: the WAR as it was built, with the probes. */
@ArquillianSuiteDeployment
public class ObservatoryDeployment {

    @Deployment(testable = false)
    public static WebArchive observatory() {
        return ShrinkWrap.create(ZipImporter.class, "observatory.war")
                .importFrom(new File(System.getProperty("observatory.it.war")))
                .as(WebArchive.class)
                .addPackage("dev.observatory.it.probe");
    }
}
